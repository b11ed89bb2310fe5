// Answers held inside the file: the nearest of the questions worked out beforehand.
export class Grid {}
