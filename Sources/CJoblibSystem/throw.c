#include "CJoblibBacktrace.h"

#include <stdatomic.h>
#include <string.h>

// Parts of the Swift runtime's interface for tools, in no public header. Weak: a runtime may lack them.
typedef void (*throw_handler)(void *box);
typedef void (*typed_throw_handler)(void *value, const void *type, const void *conformance);
extern _Atomic(throw_handler) _swift_willThrow __attribute__((weak));
extern _Atomic(typed_throw_handler) _swift_willThrowTypedImpl __attribute__((weak));
extern void swift_willThrow(void) __attribute__((weak));

static _Atomic(throw_handler) next_handler;
static _Atomic(typed_throw_handler) next_typed_handler;

typedef struct {
    /// Even when it is complete, odd while somebody writes it; grows with every writing.
    _Atomic uint64_t version;
    uint64_t number;
    /// Null for an error that was thrown without a box.
    const void *box;
    const void *type;
    /// The beginning of the error's value: another error may come to lie where one was freed.
    uint8_t value[16];
    joblib_stack stack;
} throw_record;

// Of the process, not of a thread: an async function may throw on one thread and be caught on another.
enum { record_count = 32 };
static throw_record records[record_count];
static _Atomic uint64_t record_number;
// Records up to this number belong to tasks that have ended.
static _Atomic uint64_t forgotten;
static _Atomic int32_t running;

static _Thread_local bool is_capturing;
static _Thread_local joblib_stack scratch;

/// An error that was caught and is thrown again by a caller of the function that threw it first: it is thrown from
/// elsewhere, and the rest of its stack is the end of the one that is known.
static bool goes_on(const joblib_stack *known, const joblib_stack *stack) {
    if (known->omitted != 0 || stack->omitted != 0 || known->outer_count != 0 || stack->outer_count != 0) {
        return false;
    }
    if (stack->count == 0 || stack->count >= known->count || stack->frames[0] == known->frames[0]) {
        return false;
    }
    uint32_t callers = stack->count - 1;
    return memcmp(&stack->frames[1], &known->frames[known->count - callers], callers * sizeof stack->frames[0]) == 0;
}

/// Copies a record; false when another thread writes it.
static bool read_record(const throw_record *record, throw_record *copy) {
    uint64_t version = atomic_load_explicit(&record->version, memory_order_acquire);
    if (version == 0 || version % 2 != 0) {
        return false;
    }
    memcpy((char *)copy + sizeof copy->version, (const char *)record + sizeof record->version,
           sizeof *copy - sizeof copy->version);
    atomic_thread_fence(memory_order_acquire);
    return atomic_load_explicit(&record->version, memory_order_relaxed) == version;
}

static throw_record *newest(const void *box, const void *type, bool without_box) {
    uint64_t last = atomic_load(&record_number);
    uint64_t oldest = atomic_load(&forgotten);
    for (uint64_t number = last; number > oldest && number + record_count > last; number--) {
        throw_record *record = &records[number % record_count];
        // A glance; who uses the record copies it and looks again.
        if (record->number == number && record->type == type && (without_box ? record->box == NULL : record->box == box)) {
            return record;
        }
    }
    return NULL;
}

static void keep(const void *box, const void *type, const uint8_t *value, const joblib_stack *stack) {
    uint64_t number = atomic_fetch_add(&record_number, 1) + 1;
    throw_record *record = &records[number % record_count];
    uint64_t version = atomic_load_explicit(&record->version, memory_order_relaxed);
    // A whole round of throws while one is written: that one is given up.
    if (version % 2 != 0 || !atomic_compare_exchange_strong(&record->version, &version, version + 1)) {
        return;
    }
    atomic_thread_fence(memory_order_release);
    record->number = number;
    record->box = box;
    record->type = type;
    memcpy(record->value, value, sizeof record->value);
    size_t head = offsetof(joblib_stack, frames);
    memcpy(&record->stack, stack, head + stack->count * sizeof stack->frames[0]);
    memcpy(record->stack.outer, stack->outer, stack->outer_count * sizeof stack->outer[0]);
    atomic_store_explicit(&record->version, version + 2, memory_order_release);
}

#if defined(__APPLE__)
/// Foundation's errors are boxed in other ways: such a box is not looked into.
static const void *look_into(const void *box, uint8_t *value) {
    (void)box;
    (void)value;
    return NULL;
}
#else
/// The type and the beginning of the value of a boxed error: behind the object's header of two words come the type and its
/// conformance, then the value. Its size is in the type's witness table, which stands before the type (ABI/TypeMetadata.rst
/// of the Swift project).
static const void *look_into(const void *box, uint8_t *value) {
    const void *type = ((const void *const *)box)[2];
    const size_t *witnesses = ((const size_t *const *)type)[-1];
    size_t size = witnesses[8];
    size_t alignment = (uint32_t)witnesses[10] & 0xff;
    size_t offset = (4 * sizeof(void *) + alignment) & ~alignment;
    memcpy(value, (const uint8_t *)box + offset, size < 16 ? size : 16);
    return type;
}
#endif

// These names tell a traceback where the hook ends.
static void joblib_capture_throw(const void *box, const void *type, uintptr_t frame) {
    if (is_capturing || atomic_load_explicit(&running, memory_order_relaxed) == 0) {
        return;
    }
    is_capturing = true;
    joblib_learn_stack();
    // The runtime's own frame, unless it has left it by then.
    const uintptr_t *words = (const uintptr_t *)frame;
    if (words[1] - (uintptr_t)swift_willThrow < 256) {
        frame = words[0];
    }
    scratch.count = scratch.omitted = scratch.outer_count = scratch.starts_at_instruction = 0;
    joblib_walk_stack(&scratch, frame, frame);
    uint8_t value[16] = {0};
    throw_record *known = NULL;
    if (box != NULL) {
        type = look_into(box, value);
        known = newest(box, type, false);
    }
    bool is_known = known != NULL && memcmp(known->value, value, sizeof value) == 0;
    if (!is_known || !goes_on(&known->stack, &scratch)) {
        keep(box, type, value, &scratch);
    }
    is_capturing = false;
}

static void joblib_will_throw(void *box) {
    joblib_capture_throw(box, NULL, (uintptr_t)__builtin_frame_address(0));
    throw_handler next = atomic_load_explicit(&next_handler, memory_order_relaxed);
    if (next != NULL) {
        next(box);
    }
}

static void joblib_will_throw_typed(void *value, const void *type, const void *conformance) {
    joblib_capture_throw(NULL, type, (uintptr_t)__builtin_frame_address(0));
    typed_throw_handler next = atomic_load_explicit(&next_typed_handler, memory_order_relaxed);
    if (next != NULL) {
        next(value, type, conformance);
    }
}

bool joblib_throw_hook_install(void) {
    if (&_swift_willThrow == NULL) {
        return false;
    }
    joblib_learn_images();
    joblib_learn_stack();
    if (atomic_load(&_swift_willThrow) == joblib_will_throw) {
        return true;
    }
    atomic_store(&next_handler, atomic_exchange(&_swift_willThrow, joblib_will_throw));
    if (&_swift_willThrowTypedImpl != NULL) {
        atomic_store(&next_typed_handler, atomic_exchange(&_swift_willThrowTypedImpl, joblib_will_throw_typed));
    }
    return true;
}

void joblib_throw_hook_begin(void) {
    joblib_learn_stack();
    if (atomic_fetch_add(&running, 1) == 0) {
        atomic_store(&forgotten, atomic_load(&record_number));
    }
}

void joblib_throw_hook_end(void) {
    atomic_fetch_sub(&running, 1);
}

bool joblib_throw_hook_find(const void *box, const void *type, joblib_stack *stack) {
#if defined(__APPLE__)
    throw_record *record = newest(box, NULL, false);
#else
    throw_record *record = newest(box, type, false);
#endif
    if (record == NULL) {
        // Thrown without a box, by a function with a typed `throws`, and put into one by a caller.
        record = newest(NULL, type, true);
    }
    throw_record copy;
    if (record == NULL || !read_record(record, &copy) || copy.type != record->type) {
        return false;
    }
    *stack = copy.stack;
    return true;
}

uint64_t joblib_throw_hook_count(void) {
    return atomic_load(&record_number);
}
