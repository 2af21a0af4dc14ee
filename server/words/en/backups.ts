/** What people read, in English: the page about backups. */

export const backups = {
  backups: {
    title: "Backups",
    last: (when: string): string => `The last backup is of ${when}.`,
    never: "There is no backup yet.",
    neverText: "Make one now: without it, everything is lost when the disk fails.",
    old: "Make one now: whatever came since is lost when the disk fails.",
    make: "Make a backup",
    makeText: "On the server, in Kairan's folder. It may run meanwhile; nobody notices anything.",
    nightly: "Every night by itself",
    nightlyText: "This line in the crontab of the user that runs Kairan makes one a night and keeps two weeks.",
    what: "In it is everything: lists, members, posts, what became of every copy, accounts. Keep it off this machine, and as safe as the members' addresses deserve.",
    beside: "Not in it: config.json and the key files that it names. Copy those once, and after each change.",
    otherwise: "With PostgreSQL's own tools",
    otherwiseText:
      "pg_dump and the like keep Kairan's database just as well. Kairan does not see them: end their script with this command, and it knows that there is a backup and does not warn.",
    restore: "Restore one",
    restoreText:
      "Stop Kairan first. What is in the database is kept in a file. Posts that were on their way at the backup are stopped, so that nobody gets them twice.",
  },
};
