/** Every route, asked by everybody: who may see what is decided in one place, and nothing slips past it. */
import { expect } from "chai";
import { Confirmations } from "../../server/answers/confirmations.ts";
import { PollAnswers } from "../../server/answers/poll-answers.ts";
import { composingVerbs } from "../../server/composing.ts";
import { blankContent } from "../../server/lists/composition.ts";
import { silentLog } from "../../server/log.ts";
import { selfService } from "../../server/requests/self-service.ts";
import { Joinings } from "../../server/requests/joining.ts";
import { EventStreams } from "../../server/web/event-streams.ts";
import { MailThreads } from "../../server/web/mail-threads.ts";
import { Pages } from "../../server/web/pages.ts";
import { panelRoutes } from "../../server/web/panel-routes.ts";
import { comeBackRoutes } from "../../server/web/routes/come-back.ts";
import { confirmRoutes } from "../../server/web/routes/confirm.ts";
import { joinHelpRoutes } from "../../server/web/routes/join-help.ts";
import { joinRoutes } from "../../server/web/routes/join.ts";
import { leaveRoutes } from "../../server/web/routes/leave.ts";
import { ownDataRoutes } from "../../server/web/routes/own-data.ts";
import { ownLinkRoutes } from "../../server/web/routes/own-links.ts";
import { ownPageRoutes } from "../../server/web/routes/own-page.ts";
import { pollRoutes } from "../../server/web/routes/poll.ts";
import { givenSchedule } from "../schedules/given-schedule.ts";
import { attendance, Panel } from "./panel.ts";
import { Visitor } from "./visitor.ts";

type Route = { readonly method: "GET" | "POST"; readonly path: string };

/** Everything the panel answers to, read from the routers themselves. */
function allRoutes(panel: Panel): readonly Route[] {
  const parts = {
    ...panel,
    log: silentLog,
    wake: () => undefined,
    showCopy: async () => undefined,
    lookUpLeaving: async () => ({ found: false }) as const,
    leave: async () => ({ found: false }) as const,
    imports: { wake: () => undefined },
    upkeep: { checkHealth: async () => [], purgeLists: () => undefined },
    selfService: selfService({ store: panel.store, clock: panel.clock, config: panel.config }),
    joining: new Joinings(panel),
    confirmations: new Confirmations({ ...panel, confirmed: () => undefined }),
    polls: new PollAnswers({ ...panel, answered: () => undefined }),
    remindNow: async () => "nobody" as const,
    bulk: { wake: () => undefined },
    composing: composingVerbs(panel),
    pages: new Pages({ base: "", staticVersion: "", trial: false, isKept: false }),
    streams: new EventStreams(panel.changes, () => undefined),
    mails: new MailThreads(),
  };
  const routers = [
    ...panelRoutes(parts),
    comeBackRoutes(parts),
    confirmRoutes(parts),
    pollRoutes(parts),
    leaveRoutes(parts),
    ownPageRoutes(parts),
    joinRoutes(parts),
    joinHelpRoutes(parts),
    ownDataRoutes(parts),
    ownLinkRoutes(parts),
  ];
  return routers
    .flatMap((router) => router.stack)
    .flatMap((layer) =>
      layer.methods
        .filter((method) => method !== "HEAD")
        .map((method) => ({ method: method as "GET" | "POST", path: String(layer.path) })),
    );
}

/** Routes by who may use them; a new route that is in none of these fails the first test. */
const open = [
  "GET /sign-in",
  "POST /sign-in",
  "GET /sign-in/link/:secret",
  "POST /sign-in/link/:secret",
  "GET /sign-in/forgotten",
  "POST /sign-in/forgotten",
  "POST /language",
  "GET /c/:token",
  "POST /c/:token",
  "GET /p/:token",
  "POST /p/:token",
  "GET /p/:token/:choice",
  "POST /p/:token/:choice",
  "GET /u/:token",
  "POST /u/:token",
  "GET /u/back/:token",
  "POST /u/back/:token",
  "GET /s/:token",
  "POST /s/:token",
  "POST /s/:token/test",
  "GET /m/arrived/:token",
  "POST /m/arrived/:token",
  "GET /join/:address",
  "GET /join/:address/print",
  "GET /m/:token",
  "POST /m/:token",
  "GET /m/edit/:token",
  "POST /m/edit/:token",
  "GET /m/address/:token",
  "POST /m/address/:token",
  "GET /m/back/:token",
  "POST /m/back/:token",
  "GET /m/second/:token",
  "POST /m/second/:token",
];
const everybodySignedIn = [
  "GET /",
  "GET /events",
  "GET /lists",
  "GET /schedules",
  "GET /search",
  "GET /history",
  "GET /history.csv",
  "GET /compose",
  "POST /compose",
  "POST /compose/keep",
  "POST /compose/look",
  "GET /drafts",
  "GET /account",
  "POST /account/password",
  "POST /account/settings",
  "POST /sign-out",
];
const ownersOnly = [
  "GET /backups",
  "GET /lists/new",
  "POST /lists",
  "GET /lists/:list/delete",
  "POST /lists/:list/delete",
  "POST /deleted-lists/:deleted/restore",
  "POST /deleted-lists/:deleted/purge",
  "GET /accounts",
  "GET /accounts/new",
  "POST /accounts",
  "GET /accounts/:account",
  "POST /accounts/:account",
  "POST /accounts/:account/invite",
  "POST /accounts/:account/link",
  "POST /accounts/:account/end-sessions",
  "POST /accounts/:account/lists",
  "POST /accounts/:account/lists/remove",
  "POST /accounts/:account/remove",
];
/** Drafts: their writer's alone. */
const own = /^(GET|POST) \/compose\/:composition(\/|$)/;
const guarded = /^(GET|POST) \/(lists\/:list|posts\/:post|deliveries\/:delivery|schedules\/:schedule)(\/|$|\.)/;

describe("access", () => {
  let panel: Panel;
  let routes: readonly Route[];
  let ids: Readonly<Record<string, string>>;
  beforeEach(async () => {
    panel = await Panel.open();
    routes = allRoutes(panel);
    const list = await panel.list("news", { members: ["bart@b.example"] });
    const other = await panel.list("other", { members: ["cris@c.example"] });
    await panel.owner("olivia");
    const adam = await panel.account("adam", { lists: [list] });
    await panel.account("eve", { lists: [other] });
    const nadia = await panel.account("nadia");
    const draft = await panel.store.compositions.create(
      { accountId: adam.id, kind: "draft", title: "", content: { ...blankContent, listIds: [list.id] } },
      panel.clock.now(),
    );
    const post = await panel.distributed(list);
    const [delivery] = await panel.copies(1, "sent");
    await panel.accepted(other);
    const made = { listId: list.id, fileName: "m.csv", byCommand: false, replaces: false, welcomes: false };
    const { id: started } = await panel.store.imports.begin(made, panel.clock.now());
    const [member] = await panel.store.members.page(list.id, { limit: 1 });
    const { id: accountId } = await panel.account("sam", { lists: [list] });
    const rule = {
      kind: "calendar",
      on: { kind: "lastDay" },
      time: "08:00:00",
      start: "2026-01-01",
      end: { kind: "never" },
    } as const;
    const reserved = await givenSchedule(panel.store, { list, rule, accountId, now: panel.clock.now() });
    ids = {
      schedule: String(reserved),
      list: String(list.id),
      post: String(post),
      delivery: String(delivery),
      member: String(member?.id),
      import: String(started),
      person: String((await panel.store.senders.all(list.id))[0]?.personId),
      account: String(nadia.id),
      index: "0",
      composition: String(draft.id),
    };
  });
  afterEach(() => panel.close());

  const concrete = (path: string): string => path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? "x");
  const name = ({ method, path }: Route): string => `${method} ${path}`;
  const ask = async (visitor: Visitor, { method, path }: Route): Promise<number> => {
    if (method === "POST") return (await visitor.post(concrete(path))).status;
    const response = await visitor.open("GET", concrete(path));
    await response.body?.cancel();
    return response.status;
  };

  it("is declared for each route", () => {
    const undeclared = routes
      .map(name)
      .filter(
        (route) =>
          ![...open, ...everybodySignedIn, ...ownersOnly].includes(route) && !guarded.test(route) && !own.test(route),
      );
    expect(undeclared).to.deep.equal([]);
    expect(routes.length).to.be.greaterThan(30);
  });

  it("is denied to whoever is not signed in", async () => {
    const stranger = new Visitor(panel);
    await stranger.get("/sign-in");
    for (const route of routes.filter((each) => !open.includes(name(each)))) {
      const response = await stranger.open(
        route.method,
        concrete(route.path),
        route.method === "POST"
          ? { body: `csrf=${stranger.csrf}`, headers: { "Content-Type": "application/x-www-form-urlencoded" } }
          : {},
      );
      expect(response.status, name(route)).to.equal(303);
      expect(response.headers.get("location"), name(route)).to.match(/^\/sign-in/);
    }
  });

  for (const who of ["eve", "nadia"]) {
    it(`to another's list is denied to ${who}, who administers ${who === "eve" ? "a different one" : "none"}`, async () => {
      const visitor = await Visitor.signedIn(panel, who);
      for (const route of routes.filter((each) => guarded.test(name(each))))
        expect(await ask(visitor, route), name(route)).to.equal(403);
    });
  }

  it("to a draft is its writer's alone, not even an owner's", async () => {
    for (const who of ["olivia", "eve", "nadia"]) {
      const visitor = await Visitor.signedIn(panel, who);
      for (const route of routes.filter((each) => own.test(name(each))))
        expect(await ask(visitor, route), `${who} ${name(route)}`).to.equal(403);
    }
    const adam = await Visitor.signedIn(panel, "adam");
    for (const route of routes.filter((each) => own.test(name(each))))
      expect(await ask(adam, route), name(route)).not.to.be.oneOf([401, 403, 500]);
  });

  it("to what is the whole server's is the owners' alone", async () => {
    for (const who of ["adam", "nadia"]) {
      const visitor = await Visitor.signedIn(panel, who);
      for (const route of routes.filter((each) => ownersOnly.includes(name(each))))
        expect(await ask(visitor, route), name(route)).to.equal(403);
    }
  });

  for (const who of ["olivia", "adam"]) {
    it(`to the list and all of its pages is given to ${who}`, async () => {
      const visitor = await Visitor.signedIn(panel, who);
      for (const route of routes.filter((each) => guarded.test(name(each)) && !ownersOnly.includes(name(each))))
        expect(await ask(visitor, route), name(route)).not.to.be.oneOf([401, 403, 500]);
    });
  }

  for (const path of ["/", "/lists", "/search?q=anne"]) {
    it(`lists only one's own lists at ${path}, unless one owns the server`, async () => {
      const titles = async (who: string): Promise<readonly string[]> => {
        const { text } = await (await Visitor.signedIn(panel, who)).get(path);
        return ["List news", "List other"].filter((title) => text.includes(title));
      };
      expect(await titles("olivia")).to.deep.equal(["List news", "List other"]);
      expect(await titles("adam")).to.deep.equal(["List news"]);
      expect(await titles("eve")).to.deep.equal(["List other"]);
      expect(await titles("nadia")).to.deep.equal([]);
    });
  }

  it("to a member or delivery through the wrong list is no way around", async () => {
    const eve = await Visitor.signedIn(panel, "eve");
    const own = (await panel.store.lists.findByName("other"))[0]?.id;
    expect((await eve.get(`/lists/${own}/members/${ids["member"]}`)).status).to.equal(404);
    expect((await eve.post(`/lists/${own}/members/${ids["member"]}/remove`)).status).to.equal(404);
    expect((await panel.store.members.find(Number(ids["member"])))?.status).to.equal("active");
  });

  it("ends with the account", async () => {
    const adam = await Visitor.signedIn(panel, "adam");
    const account = await panel.store.accounts.findByUsername("adam");
    await panel.store.accounts.remove(account?.id ?? 0);
    expect((await adam.get("/")).status).to.equal(303);
  });

  it("by odd numbers in the address finds nothing", async () => {
    const olivia = await Visitor.signedIn(panel, "olivia");
    for (const id of [
      "0",
      "-1",
      "1e3",
      "0x1",
      "999999",
      "99999999999999999999",
      "1%20",
      "abc",
      "%00",
      "..%2f..%2fetc",
    ]) {
      for (const path of [`/lists/${id}`, `/posts/${id}`, `/deliveries/${id}`, `/lists/1/members/${id}/x`]) {
        expect((await olivia.get(path)).status, path).to.be.oneOf([400, 404]);
      }
    }
  });
});

describe("looking at pages", () => {
  it("changes nothing in the database, whoever looks, with GET or HEAD", async () => {
    const panel = await Panel.open();
    try {
      const list = await panel.list("news", { members: ["bart@b.example"] });
      const post = await panel.distributed(list, { poll: attendance });
      const held = await panel.accepted(list, { disposition: "held" });
      const [delivery = 0] = await panel.copies(1, "sent");
      const { id: accountId } = await panel.owner();
      const rule = { kind: "once", at: "2099-01-01T08:00:00" } as const;
      const now = panel.clock.now();
      const schedule = await givenSchedule(panel.store, { list, rule, accountId, now });
      const visitor = await Visitor.signedIn(panel, "olivia");
      const before = await wholeDatabase(panel);
      const known: Readonly<Record<string, number>> = {
        list: list.id,
        post,
        delivery,
        schedule,
        member: 1,
        person: 1,
        account: 1,
        index: 0,
      };
      const paths = allRoutes(panel).map(({ path }) =>
        path.replace(/:(\w+)/g, (_, name: string) => String(known[name] ?? "x")),
      );
      for (const path of [...paths, `/posts/${held}/approve`, `/posts/${held}/reject`]) {
        for (const method of ["GET", "HEAD"]) {
          const response = await visitor.open(method, path);
          await response.body?.cancel();
          expect(response.status, `${method} ${path}`).to.be.lessThan(500);
        }
      }
      expect(await wholeDatabase(panel)).to.equal(before);
    } finally {
      await panel.close();
    }
  });
});

async function wholeDatabase({ store }: Panel): Promise<string> {
  const tables = [
    "list",
    "membership",
    "membership_version",
    "person",
    "address",
    "poster",
    "account",
    "session",
    "signin_link",
    "kept_form",
    "post",
    "delivery",
    "tally",
    "message",
    "refusal",
    "bounce",
    "member_import",
    "import_row",
    "request",
    "provoked_mail",
    "outlived_request",
    "request",
    "provoked_mail",
    "member_tally",
    "respondent",
    "answer_choice",
    "answer_text",
    "poll_tally",
  ] as const;
  const rows = await Promise.all(tables.map((table) => store.database.reader.selectFrom(table).selectAll().execute()));
  return JSON.stringify(rows);
}
