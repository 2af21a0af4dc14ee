/** The store: every table family over one database, as stations, web and command line get it. */
import { Accounts } from "./accounts/accounts.ts";
import { bringUpToDate } from "./backup/bring-up-to-date.ts";
import type { UpgradeCare } from "./backup/bring-up-to-date.ts";
import { Administrators } from "./accounts/administrators.ts";
import { Bounces } from "./deliveries/bounces.ts";
import { BulkChanges } from "./members/bulk-changes.ts";
import { Compositions } from "./schedules/compositions.ts";
import { openDatabase } from "./database/database.ts";
import type { Database } from "./database/database.ts";
import { DeletedLists } from "./deletion/deleted-lists.ts";
import { Departures } from "./members/departures.ts";
import { Deliveries } from "./deliveries/deliveries.ts";
import { KeptForms } from "./accounts/kept-forms.ts";
import { Imports } from "./imports/imports.ts";
import { FollowUps } from "./schedules/follow-ups.ts";
import { Lists } from "./lists/lists.ts";
import { Members } from "./members/members.ts";
import { Messages } from "./posts/messages.ts";
import { Overview } from "./overview.ts";
import { OwnData } from "./members/own-data.ts";
import { Newcomers } from "./members/newcomers.ts";
import { Posts } from "./posts/posts.ts";
import { keepPostSearchRight } from "./posts/index-posts.ts";
import { keepSearchRight } from "./search/rebuild-search.ts";
import { Refusals } from "./lists/refusals.ts";
import { Requests } from "./joining/requests.ts";
import { Occurrences } from "./schedules/occurrences.ts";
import { Schedules } from "./schedules/schedules.ts";
import { Senders } from "./people/senders.ts";
import { Sessions } from "./accounts/sessions.ts";
import { WaitingPeople } from "./joining/waiting-people.ts";

export class Store {
  readonly database: Database;
  readonly lists: Lists;
  readonly deletedLists: DeletedLists;
  readonly members: Members;
  readonly bulkChanges: BulkChanges;
  readonly senders: Senders;
  readonly messages: Messages;
  readonly posts: Posts;
  readonly compositions: Compositions;
  readonly schedules: Schedules;
  readonly occurrences: Occurrences;
  readonly followUps: FollowUps;
  readonly overview: Overview;
  readonly deliveries: Deliveries;
  readonly bounces: Bounces;
  readonly refusals: Refusals;
  readonly requests: Requests;
  readonly waiting: WaitingPeople;
  readonly newcomers: Newcomers;
  readonly departures: Departures;
  readonly ownData: OwnData;
  readonly imports: Imports;
  readonly accounts: Accounts;
  readonly administrators: Administrators;
  readonly sessions: Sessions;
  readonly keptForms: KeptForms;

  constructor(database: Database) {
    this.database = database;
    this.lists = new Lists(database);
    this.deletedLists = new DeletedLists(database);
    this.members = new Members(database);
    this.bulkChanges = new BulkChanges(database, this.members);
    this.senders = new Senders(database);
    this.messages = new Messages(database);
    this.posts = new Posts(database);
    this.compositions = new Compositions(database);
    this.schedules = new Schedules(database);
    this.occurrences = new Occurrences(database);
    this.followUps = new FollowUps(database);
    this.overview = new Overview(database, this.posts);
    this.deliveries = new Deliveries(database);
    this.bounces = new Bounces(database);
    this.refusals = new Refusals(database);
    this.requests = new Requests(database);
    this.newcomers = new Newcomers(database);
    this.waiting = new WaitingPeople(database);
    this.departures = new Departures(database);
    this.ownData = new OwnData(database);
    this.imports = new Imports(database);
    this.accounts = new Accounts(database);
    this.administrators = new Administrators(database);
    this.sessions = new Sessions(database);
    this.keptForms = new KeptForms(database);
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

/** Opens and migrates, an older database after a backup of it. Throws when it cannot be reached or is of a newer version. */
export async function openStore(location: string, care?: UpgradeCare): Promise<Store> {
  const database = openDatabase(location);
  try {
    await bringUpToDate(database, care);
    await keepSearchRight(database);
    await keepPostSearchRight(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return new Store(database);
}
