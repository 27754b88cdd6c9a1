/// What the checks of the notes' systems measured.
let notesMeasurements: [String: NotesMeasurement] = [:]
