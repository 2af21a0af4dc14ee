/** What answering a request takes: the store, the time, and the settings that say where our pages are. */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Store } from "../store/store.ts";

export type Needs = { readonly store: Store; readonly clock: Clock; readonly config: Config };
