#pragma once
#if !__has_include(<freetype2/ft2build.h>)
#error "FreeType is missing: apt-get install libfreetype-dev"
#endif
