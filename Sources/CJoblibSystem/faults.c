#include "CJoblibFaults.h"

uint32_t joblib_faults_armed = 0;

// Of the thread, not of the process: tests run beside each other.
static _Thread_local joblib_fault_rule *thread_rules;
static _Thread_local size_t thread_rule_count;

void joblib_set_faults(joblib_fault_rule *rules, size_t count) {
    if (thread_rule_count == 0 && count != 0) {
        __atomic_fetch_add(&joblib_faults_armed, 1, __ATOMIC_RELAXED);
    } else if (thread_rule_count != 0 && count == 0) {
        __atomic_fetch_sub(&joblib_faults_armed, 1, __ATOMIC_RELAXED);
    }
    thread_rules = rules;
    thread_rule_count = count;
}

joblib_fault_rule *joblib_current_faults(size_t *count) {
    *count = thread_rule_count;
    return thread_rules;
}

bool joblib_take_fault(joblib_call call, size_t *count) {
    for (size_t i = 0; i < thread_rule_count; i++) {
        joblib_fault_rule *rule = &thread_rules[i];
        if (rule->call != call || rule->times == 0) {
            continue;
        }
        if (rule->skip > 0) {
            rule->skip--;
            return false;
        }
        rule->times--;
        if (rule->code != 0) {
            errno = rule->code;
            return true;
        }
        if (count != NULL && *count > rule->limit) {
            *count = rule->limit;
        }
        return false;
    }
    return false;
}
