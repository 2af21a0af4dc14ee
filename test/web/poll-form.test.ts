import { expect } from "chai";
import type { PollPlan } from "../../server/lists/poll.ts";
import { FormFields } from "../../server/web/form-fields.ts";
import { changePollForm } from "../../server/web/poll-buttons.ts";
import { asTypedPoll, readPollForm } from "../../server/web/poll-form.ts";
import { words } from "../../server/words/words.ts";

const times = { timezone: "Asia/Tokyo", now: Date.parse("2026-04-08T00:00:00Z") };
const w = words("en").pollForm;

function read(typed: Readonly<Record<string, string>>, zone = times.timezone) {
  const fields = new FormFields(new URLSearchParams({ poll: "on", ...typed }), words("en"));
  const plan = readPollForm(fields, words("en"), { ...times, timezone: zone });
  return { plan, faults: fields.forPage.faults };
}

const asked = { "question-1": "Tea?", "choices-1": "Yes\r\nNo" };

describe("a poll that is written", () => {
  it("has questions in the order of their fields, empty ones left out", () => {
    const { plan, faults } = read({
      "question-1": "  Tea? ",
      "kind-1": "one",
      "choices-1": "Yes\r\n\r\n No ",
      "question-2": "",
      "question-3": "What with?",
      "kind-3": "many",
      "choices-3": "Milk\nSugar",
      "question-7": "Anything else?",
      "kind-7": "text",
      "choices-7": "is of no matter here",
      "closes-at": "2026-12-01T17:00",
      anonymous: "on",
    });
    expect(faults).to.deep.equal({});
    expect(plan).to.deep.equal({
      anonymous: true,
      closesAt: Date.parse("2026-12-01T08:00:00Z"),
      questions: [
        { kind: "one", text: "Tea?", choices: ["Yes", "No"] },
        { kind: "many", text: "What with?", choices: ["Milk", "Sugar"] },
        { kind: "text", text: "Anything else?", choices: [] },
      ],
    });
  });

  it("is none without its tick, whatever is typed below", () => {
    const fields = new FormFields(new URLSearchParams(asked), words("en"));
    expect(readPollForm(fields, words("en"), times)).to.equal(undefined);
    expect(fields.isGood).to.equal(true);
  });

  it("comes back into its form as it was", () => {
    const plan: PollPlan = {
      anonymous: true,
      closesAt: Date.parse("2026-12-01T08:00:00Z"),
      questions: [
        { kind: "many", text: "With?", choices: ["Milk", "Sugar"] },
        { kind: "text", text: "Else?", choices: [] },
      ],
    };
    expect(read(asTypedPoll(plan, "Asia/Tokyo")).plan).to.deep.equal(plan);
    const open = { ...plan, anonymous: false, closesAt: undefined };
    expect(read(asTypedPoll(open, "America/New_York"), "America/New_York").plan).to.deep.equal(open);
    expect(asTypedPoll(undefined, "UTC")).to.deep.equal({});
  });

  const lines = (count: number): string => Array.from({ length: count }, (_, index) => `no. ${index}`).join("\n");
  const many = (count: number): Readonly<Record<string, string>> => {
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    return {
      ...Object.fromEntries(numbers.map((number) => [`question-${number}`, `${number}?`])),
      ...Object.fromEntries(numbers.map((number) => [`choices-${number}`, lines(50)])),
    };
  };

  it("takes 50 questions of 50 choices", () => {
    const { plan, faults } = read(many(50));
    expect(faults).to.deep.equal({});
    expect(plan?.questions).to.have.length(50);
  });

  for (const [what, typed, name, text] of [
    ["no question", {}, "question-1", w.noQuestion],
    ["a question without choices", { "question-1": "Tea?" }, "choices-1", w.noChoices],
    ["choices without a question", { ...asked, "choices-2": "Yes" }, "question-2", w.questionMissing],
    ["the same choice twice", { ...asked, "choices-1": "Yes\nNo\nYes" }, "choices-1", w.choiceTwice("Yes")],
    ["51 choices", { ...asked, "choices-1": lines(51) }, "choices-1", w.manyChoices(50)],
    ["51 questions", many(51), "poll", w.manyQuestions(50)],
    ["a question without end", { ...asked, "question-1": "a".repeat(301) }, "question-1", w.questionLong(300)],
    ["a choice without end", { ...asked, "choices-1": "a".repeat(201) }, "choices-1", w.choiceLong(200)],
    ["a question of two lines", { ...asked, "question-1": "a\r\nb" }, "question-1", words("en").fields.oneLine],
    ["a deadline in the past", { ...asked, "closes-at": "2026-04-08T09:00" }, "closes-at", w.past],
    ["a day that does not exist", { ...asked, "closes-at": "2026-11-31T09:00" }, "closes-at", w.noSuchTime],
    ["a deadline that is no time", { ...asked, "closes-at": "soon" }, "closes-at", w.noSuchTime],
  ] as const)
    it(`of ${what} is refused at the field`, () => {
      expect(read(typed).faults).to.deep.equal({ [name]: text });
    });

  it("has no deadline in an hour that the clocks leave out", () => {
    const typed = { ...asked, "closes-at": "2026-10-04T02:30" };
    expect(read(typed, "Australia/Sydney").faults).to.deep.equal({ "closes-at": w.noSuchTime });
    expect(read({ ...typed, "closes-at": "2026-10-04T03:30" }, "Australia/Sydney").faults).to.deep.equal({});
  });

  it("closes at the end of a day that is typed alone", () => {
    expect(read({ ...asked, "closes-at": "2026/12/01" }).plan?.closesAt).to.equal(Date.parse("2026-12-01T14:59:00Z"));
  });

  it("keeps what could be read beside a fault, for drafts", () => {
    const { plan } = read({ ...asked, "question-2": "With?", "closes-at": "soon" });
    expect(plan?.questions.map(({ text }) => text)).to.deep.equal(["Tea?", "With?"]);
  });
});

describe("the buttons in the form of a poll", () => {
  const press = (button: string, typed: Readonly<Record<string, string>> = {}) => {
    const form = new URLSearchParams({ subject: "Tea", ...typed, "poll-do": button });
    const change = changePollForm(form, words("en"));
    return { faults: change?.faults, typed: Object.fromEntries(change?.form ?? []) };
  };
  const questionsAfter = (button: string, typed: Readonly<Record<string, string>> = {}) => {
    const { plan, faults } = read(press(button, typed).typed);
    return { faults, questions: plan?.questions };
  };

  it("are no business of a form that another button sent", () => {
    expect(changePollForm(new URLSearchParams({ ...asked, send: "1" }), words("en"))).to.equal(undefined);
  });

  it("add an empty question and keep everything else", () => {
    expect(press("add", asked).typed).to.deep.equal({
      ...{ subject: "Tea", poll: "on" },
      ...{ "question-1": "Tea?", "kind-1": "one", "choices-1": "Yes\r\nNo" },
      ...{ "question-2": "", "kind-2": "one", "choices-2": "" },
    });
  });

  it("take a question out; those after it move up", () => {
    const typed = { ...asked, "question-2": "With?", "kind-2": "many", "choices-2": "Milk" };
    expect(questionsAfter("remove-1", typed).questions).to.deep.equal([
      { kind: "many", text: "With?", choices: ["Milk"] },
    ]);
  });

  it("ask who comes, after what is there already", () => {
    expect(questionsAfter("attendance").questions?.[0]?.choices).to.deep.equal(w.attendanceChoices);
    expect(questionsAfter("attendance", asked).questions).to.have.length(2);
  });

  it("ask a question a date", () => {
    const { questions, faults } = questionsAfter("dates", { "poll-dates": "1 Dec 19:00\r\n\r\n2 Dec 19:00" });
    expect(faults).to.deep.equal({});
    expect(questions).to.deep.equal(
      ["1 Dec 19:00", "2 Dec 19:00"].map((text) => ({ kind: "one", text, choices: w.dateChoices })),
    );
    expect(press("dates", asked).faults).to.deep.equal({ "poll-dates": w.datesMissing });
  });

  it("make no more than fit, and say so", () => {
    const { faults, typed } = press("dates", { "poll-dates": Array.from({ length: 60 }, (_, n) => `${n}`).join("\n") });
    expect(faults).to.deep.equal({ poll: w.manyQuestions(50) });
    expect(typed).to.have.property("question-50").and.not.to.have.property("question-51");
  });

  it("change nothing when there is no such button", () => {
    expect(questionsAfter("remove-99", asked).questions).to.have.length(1);
    expect(questionsAfter("__proto__", asked).questions).to.have.length(1);
  });
});
