/** Hit conditions: `5`, `== 5`, `> 5`, `% 5` … */

const HIT_CONDITION = /^\s*(==|>=|<=|>|<|%)?\s*(\d+)\s*$/;

export function isHitCondition(text: string): boolean {
  return HIT_CONDITION.test(text);
}

/** Whether the visit with this number (from 1) counts. */
export function countHolds(condition: string, count: number): boolean {
  const [, operator = '==', digits = '0'] = HIT_CONDITION.exec(condition) ?? [];
  const wanted = Number(digits);
  switch (operator) {
    case '>':
      return count > wanted;
    case '>=':
      return count >= wanted;
    case '<':
      return count < wanted;
    case '<=':
      return count <= wanted;
    case '%':
      return wanted > 0 && count % wanted === 0;
    default:
      return count === wanted;
  }
}
