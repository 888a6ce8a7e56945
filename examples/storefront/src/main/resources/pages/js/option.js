// What tells the options of a product apart.
export const optionName = option => [option.color ?? option.optionColor, option.size ?? option.optionSize].filter(Boolean).join(' · ');
