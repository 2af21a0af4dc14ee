/** A real Chromium for the browser tests: the machine's own, or else the one that comes inside an npm package. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

interface Candidate {
  readonly path: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Starts the first Chromium that runs here: the one named by the environment variable CHROMIUM, those in the usual places,
 * the packaged one (Linux on x64; `CHROMIUM=packaged` asks for it at once).
 * @throws when none runs, with one sentence that says what to install
 */
export async function launchChromium(): Promise<Browser> {
  const faults: string[] = [];
  for (const find of candidates()) {
    try {
      return await launch(await find());
    } catch (fault) {
      faults.push(String(fault));
    }
  }
  const remedy = "install Chromium (Debian: apt-get install chromium) or set CHROMIUM to the path of one that runs";
  throw new Error(`No Chromium runs here: ${remedy}.`, { cause: faults.join("\n") });
}

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/opt/google/chrome/chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

function candidates(): readonly (() => Candidate | Promise<Candidate>)[] {
  const named = process.env["CHROMIUM"];
  if (named === "packaged") return [packagedChromium];
  // Who names one means that one: no other is tried in its stead.
  if (named !== undefined && named !== "") return [() => ({ path: named })];
  const found = usualPlaces.filter((place) => existsSync(place)).map((path) => () => ({ path }));
  return [...found, packagedChromium];
}

async function launch({ path, environment }: Candidate): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    // Mocha's own limit is the last word.
    timeout: 0,
    env: { ...process.env, ...environment },
    args: [
      // Containers and root have no namespaces for it; the pages are our own.
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      // Nothing leaves the machine during tests.
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * The Chromium inside @sparticuz/chromium, unpacked once into the package's own folder. The package writes to the temporary
 * folder and changes its process's environment, so it gets a process and a folder of its own. Only where it believes to be
 * on AWS Lambda it adds the libraries that a bare system lacks (nss, nspr, expat).
 */
async function packagedChromium(): Promise<Candidate> {
  const home = fileURLToPath(new URL("..", import.meta.resolve("@sparticuz/chromium")));
  const folder = join(home, "unpacked");
  if (!existsSync(folder)) {
    const unpacking = await mkdtemp(join(home, "unpacking-"));
    const script = 'import("@sparticuz/chromium").then((packaged) => packaged.default.executablePath())';
    const env = { ...process.env, TMPDIR: unpacking, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" };
    await promisify(execFile)(process.execPath, ["--eval", script], { cwd: home, env });
    await writeFile(join(unpacking, "fonts.conf"), fontConfiguration(join(folder, "fonts")));
    // Another run may have been faster; both unpacked the same.
    await rename(unpacking, folder).catch(() => rm(unpacking, { recursive: true }));
  }
  const environment = { LD_LIBRARY_PATH: join(folder, "al2023/lib"), FONTCONFIG_FILE: join(folder, "fonts.conf") };
  return { path: join(folder, "chromium"), environment };
}

/** The system's fonts (Japanese ones, if any) and the packaged Latin one: with no font at all, Chromium dies of an input field. */
function fontConfiguration(packaged: string): string {
  const folders = ["/usr/share/fonts", "/usr/local/share/fonts", packaged].map((path) => `<dir>${path}</dir>`);
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>${folders.join("")}<dir prefix="xdg">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
`;
}
