export { changeNote, createNote, listNotes, removeNote } from "./service";
