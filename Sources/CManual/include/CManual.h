#ifndef CMANUAL_H
#define CMANUAL_H

/// The number of the manual's articles.
int cmanual_count(void);

/// The name of an article (its file's name without `.md`), in the order in which they are read.
const char *cmanual_name(int index);

/// The text of an article, as Markdown in UTF-8.
const char *cmanual_text(int index);

#endif
