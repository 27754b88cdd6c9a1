#pragma once

/// How many presets the program carries.
int cpresets_count(void);
/// The name of a preset: its file's, without `.yaml`.
const char *cpresets_name(int index);
/// The text of a preset, as the file has it.
const char *cpresets_text(int index);
