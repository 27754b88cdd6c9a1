// The articles of Sources/glissade/Glissade.docc, taken in while building: they are never stale.
#include "CManual.h"

#define ARTICLE(name) static const char name[]
ARTICLE(lessons) = {
#embed "../glissade/Glissade.docc/Lessons.md" suffix(, 0)
};
ARTICLE(keys) = {
#embed "../glissade/Glissade.docc/Keys.md" suffix(, 0)
};
ARTICLE(views) = {
#embed "../glissade/Glissade.docc/Views.md" suffix(, 0)
};
ARTICLE(presets) = {
#embed "../glissade/Glissade.docc/Presets.md" suffix(, 0)
};
ARTICLE(headless) = {
#embed "../glissade/Glissade.docc/Headless.md" suffix(, 0)
};
ARTICLE(in_and_out) = {
#embed "../glissade/Glissade.docc/InAndOut.md" suffix(, 0)
};
ARTICLE(many_runs) = {
#embed "../glissade/Glissade.docc/ManyRuns.md" suffix(, 0)
};
ARTICLE(doctor) = {
#embed "../glissade/Glissade.docc/Doctor.md" suffix(, 0)
};
ARTICLE(theory) = {
#embed "../glissade/Glissade.docc/Theory.md" suffix(, 0)
};
ARTICLE(notes) = {
#embed "../glissade/Glissade.docc/Notes.md" suffix(, 0)
};
ARTICLE(catalogues) = {
#embed "../glissade/Glissade.docc/Catalogues.md" suffix(, 0)
};

static const struct {
  const char *name, *text;
} articles[] = {
    {"Lessons", lessons},      {"Keys", keys},
    {"Views", views},          {"Presets", presets},
    {"Headless", headless},    {"InAndOut", in_and_out},
    {"ManyRuns", many_runs},
    {"Doctor", doctor},        {"Theory", theory},
    {"Notes", notes},          {"Catalogues", catalogues},
};

int cmanual_count(void) { return sizeof articles / sizeof articles[0]; }
const char *cmanual_name(int index) { return articles[index].name; }
const char *cmanual_text(int index) { return articles[index].text; }
