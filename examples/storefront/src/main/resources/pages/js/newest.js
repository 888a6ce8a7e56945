// Asks for something, perhaps again before the answer is there; shows no answer that is older than the one that is shown.
// Comes to the answer, or to null if it was not shown; nobody is told either that such an older one failed.
export function newest() {
  let asked = 0;
  let shown = 0;
  return async (asks, shows) => {
    const mine = ++asked;
    let answer;
    try {
      answer = await asks();
    } catch (failure) {
      if (mine < shown) return null;
      throw failure;
    }
    if (mine < shown) return null;
    shown = mine;
    shows(answer);
    return answer;
  };
}
