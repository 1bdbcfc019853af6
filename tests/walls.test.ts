import { CODE_PLANTS, IMPORT_PLANTS, type Plant } from "./support/breaches";
import {
  plantProject,
  type Breach,
  type PlantedProject,
} from "./support/planted-project";
import { SOUND } from "./support/sound-sources";

describe("dependency-cruiser", () => {
  const { find, kept } = inspect(IMPORT_PLANTS, (project) => project.cruise());
  test.each(IMPORT_PLANTS)("%s", find);
  test("sound code breaks nothing", kept);
});

describe("ESLint", () => {
  const { find, kept } = inspect(CODE_PLANTS, (project) => project.lint());
  test.each(CODE_PLANTS)("%s", find);
  test("sound code breaks nothing", kept);
});

function inspect(
  plants: Plant[],
  run: (project: PlantedProject) => Promise<Breach[]>,
) {
  const planted = Object.fromEntries(
    plants.map(([, , file, text]) => [file, text]),
  );
  const support = {
    "src/shared/turn.ts": `import { round } from "./round";
export const turn = () => round;`,
    "tests/given.ts": `export const given = 1;`,
  };
  let breaches: Breach[];
  beforeAll(async () => {
    const project = await plantProject({ ...SOUND, ...support, ...planted });
    breaches = await run(project).finally(() => project.remove());
  }, 120_000);
  return {
    find: (_: string, rule: string, file: string) =>
      expect(breaches).toContainEqual({ rule, file }),
    kept: () =>
      expect(breaches.filter(({ file }) => file in SOUND)).toEqual([]),
  };
}
