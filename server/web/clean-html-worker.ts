/** Runs in a thread of `mail-threads.ts`: takes what could act or load out of a mail's HTML. */
import { parentPort } from "node:worker_threads";
import sanitizeHtml from "sanitize-html";
import { loaded } from "../mail/apart.ts";

export type CleanRequest = {
  readonly html: string;
  /** data: URLs by Content-ID. */
  readonly pictures: Readonly<Record<string, string>>;
};

/** `leftOut` counts the pictures that would have been loaded from elsewhere. */
export type Cleaned = { readonly html: string; readonly leftOut: number };

const tags = `
  a abbr address article aside b bdi bdo big blockquote br caption center cite code dd del details dfn div dl dt
  em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt
  ruby s samp section small span strike strong style sub summary sup table tbody td tfoot th thead time tr tt u
  ul var wbr
`;
const attributes = `
  style class align valign bgcolor color face size width height border cellpadding cellspacing colspan rowspan
  dir lang title start type value
`;

export function clean({ html, pictures }: CleanRequest): Cleaned {
  let leftOut = 0;
  const cleaned = sanitizeHtml(html, {
    allowedTags: listed(tags),
    allowedAttributes: { "*": listed(attributes), a: ["href", "name", "target", "rel"], img: ["src", "alt"] },
    allowedSchemes: ["http", "https", "mailto", "tel"],
    allowedSchemesByTag: { img: ["data"] },
    allowProtocolRelative: false,
    // Style sheets stay: the frame's policy lets them load nothing.
    allowVulnerableTags: true,
    parseStyleAttributes: false,
    transformTags: {
      a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, target: "_blank", rel: "noopener noreferrer" } }),
      img: (tagName, { src = "", ...attribs }) => {
        const own = /^cid:/i.test(src)
          ? pictures[contentId(src)]
          : /^data:image\/(png|jpe?g|gif|webp|bmp);/i.test(src)
            ? src
            : undefined;
        if (own === undefined) leftOut++;
        return { tagName, attribs: { ...attribs, ...(own !== undefined && { src: own }) } };
      },
    },
  });
  return { html: cleaned, leftOut };
}

function listed(names: string): string[] {
  return names.trim().split(/\s+/);
}

/** RFC 2392: the id stands percent-encoded in the URL. */
function contentId(url: string): string {
  try {
    return decodeURIComponent(url.slice(4));
  } catch {
    return url.slice(4);
  }
}

parentPort?.on("message", (request: CleanRequest) => parentPort?.postMessage(clean(request)));
parentPort?.postMessage(loaded);
