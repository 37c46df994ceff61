// What is said of the picture that a link to the page shows. The build alone asks for it (www/build/link-preview.ts).

export const PICTURE_WORDS =
  "The question “Which key opens the server's reply?” above the encrypted reply, between client and server";
