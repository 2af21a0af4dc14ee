/** A form that is not from one of our pages, or too old: what `csrf` throws and `errors` puts into words. */
export class FormRefused extends Error {
  readonly status = 403;
}
