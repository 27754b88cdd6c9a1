#include "CProcessorGuard.h"
