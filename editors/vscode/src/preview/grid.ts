/** Moving about a table by keys: one stop for Tab, arrows from figure to figure. */

/** Where the figures of a table stand: rows of cell indices, a row of the page each. */
export type Grid = readonly (readonly number[])[];

/** The cell to which `key` leads from `cell`; the same one where it leads nowhere, `undefined` for a key that moves nothing. */
export function step(grid: Grid, cell: number, key: string): number | undefined {
  const row = grid.findIndex((it) => it.includes(cell));
  const cells = grid[row];
  if (cells === undefined) return undefined;
  const column = cells.indexOf(cell);
  switch (key) {
    case "ArrowLeft":
      return cells[column - 1] ?? cell;
    case "ArrowRight":
      return cells[column + 1] ?? cell;
    case "ArrowUp":
      return above(grid, row - 1, column) ?? cell;
    case "ArrowDown":
      return above(grid, row + 1, column) ?? cell;
    case "Home":
      return cells[0];
    case "End":
      return cells.at(-1);
    default:
      return undefined;
  }
}

/** The blocks of a table differ in width: the column, or the last one of a shorter row. */
function above(grid: Grid, row: number, column: number): number | undefined {
  const cells = row < 0 ? undefined : grid[row];
  return cells?.[Math.min(column, cells.length - 1)];
}
