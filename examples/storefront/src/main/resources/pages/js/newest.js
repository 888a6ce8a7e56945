// Asks for something, perhaps again before the answer is there; shows no answer that is older than the one that is shown.
// Comes to the answer, or to nothing if it was not shown.
export function newest() {
  let asked = 0;
  let shown = 0;
  return async (asks, shows) => {
    const mine = ++asked;
    const answer = await asks();
    if (mine < shown) return null;
    shown = mine;
    shows(answer);
    return answer;
  };
}
