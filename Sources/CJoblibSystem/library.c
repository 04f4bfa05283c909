#include "CJoblibLibrary.h"

#include <dlfcn.h>

void *joblib_library_open(const char *name) {
    return dlopen(name, RTLD_NOW | RTLD_LOCAL);
}

void *joblib_library_function(void *library, const char *name) {
    return dlsym(library, name);
}
