#ifndef JOBLIB_EXAMPLES_CGD_H
#define JOBLIB_EXAMPLES_CGD_H

#include <gd.h>
#include <gd_errors.h>

#endif
