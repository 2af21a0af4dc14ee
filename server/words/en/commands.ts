/** What people read, in English: answers to commands by mail. */

type Help = {
  readonly list: string;
  readonly address: string;
  readonly request: string;
  readonly join: string;
  readonly isClosed: boolean;
  readonly leave: string;
  readonly owner: string;
};

const commands = ({ list, request, leave }: Help): string =>
  `Write one of these words to ${request}, as the subject or in the first line:

help                  this mail
pause                 no mail from “${list}” until you resume
resume                mail again
address NEW-ADDRESS   mail goes to another address (it is asked first)
leave                 you leave the list; an empty mail to ${leave} does too

“Stop” is not among them: say pause or leave.
`;

const people = ({ owner }: Help): string => `\nThe people behind the list: ${owner}\n`;

export const commandMail = {
  commandMail: {
    helpSubject: (list: string): string => `Help: “${list}”`,
    help: {
      member: (said: Help): string => `${commands(said)}${people(said)}`,
      sender: (said: Help): string =>
        `You may send to “${said.list}”: write to ${said.address}. How a post went: write “report” and its number to ${said.request}, or a day or period, such as “report 2026-12-01 12:00..24:00”.\n\n${commands(said)}${people(said)}`,
      stranger: (said: Help): string =>
        said.isClosed
          ? `“${said.list}” is a mailing list whose members are entered by its administrators. To be one of them, write to them:\n${said.owner}\n`
          : `“${said.list}” is a mailing list. To join it, send an empty mail to:\n${said.join}\n\nThen answer the mail that comes. Only members can leave, pause or change anything.\n${people(said)}`,
    },
    stateSubject: (list: string, state: string): string => `“${list}”: ${state}`,
    stateText: ({ state, url }: { readonly state: string; readonly url: string }): string =>
      `${state}\n\nAnswer this mail with “pause” or “resume” to change it, or use your own page:\n\n${url}\n`,
    addressSubject: (list: string): string => `Your address in “${list}”`,
    addressMissing: (request: string): string =>
      `Name the new address in the same line, such as “address name@example.org”, in a mail to ${request}. Nothing was changed.`,
    addressMailed: ({ address, owner }: { readonly address: string; readonly owner: string }): string =>
      `We have written to ${address}. When that mail is answered, the list's mail goes there.\n\nWas it not you? Then tell the people behind the list at once:\n${owner}`,
  },
};
