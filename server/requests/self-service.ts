/** What members do for themselves on the pages behind links in their mail: the verbs that the web is given. */
import { comeBack, lookUpReturn } from "./come-back.ts";
import type { Returning } from "./come-back.ts";
import type { Needs } from "./needs.ts";
import { actOnOwnPage, lookUpOwnPage } from "./own-page.ts";
import { changeOwnData, lookUpOwnData } from "./own-data.ts";
import type { OwnDataChange, OwnDataPage, OwnDataResult } from "./own-data.ts";
import { confirmLink, lookUpLink } from "./own-links.ts";
import type { Link, LinkKind } from "./own-links.ts";
import type { OwnPage, OwnResult, OwnWish } from "./own-page.ts";

export type SelfService = {
  /** What the token of a goodbye stands for; changes nothing, like all that is looked up here. */
  readonly lookUpReturn: (token: string) => Promise<Returning>;
  readonly comeBack: (token: string) => Promise<Returning>;
  readonly lookUpOwnPage: (token: string) => Promise<OwnPage>;
  readonly actOnOwnPage: (
    token: string,
    wish: OwnWish,
  ) => Promise<{ readonly page: OwnPage; readonly result: OwnResult }>;
  readonly lookUpOwnData: (token: string) => Promise<OwnDataPage>;
  readonly changeOwnData: (token: string, change: OwnDataChange) => Promise<OwnDataResult>;
  readonly lookUpLink: (kind: LinkKind, token: string) => Promise<Link>;
  readonly confirmLink: (kind: LinkKind, token: string) => Promise<Link>;
};

export function selfService(needs: Needs): SelfService {
  return {
    lookUpReturn: (token) => lookUpReturn(needs, token),
    comeBack: (token) => comeBack(needs, token),
    lookUpOwnPage: (token) => lookUpOwnPage(needs, token),
    actOnOwnPage: (token, wish) => actOnOwnPage(needs, token, wish),
    lookUpOwnData: (token) => lookUpOwnData(needs, token),
    changeOwnData: (token, change) => changeOwnData(needs, token, change),
    lookUpLink: (kind, token) => lookUpLink(needs, kind, token),
    confirmLink: (kind, token) => confirmLink(needs, kind, token),
  };
}
