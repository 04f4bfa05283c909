#ifndef CJOBLIB_BACKTRACE_H
#define CJOBLIB_BACKTRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /// The most frames kept of one stack, from its innermost.
    joblib_stack_capacity = 64,
    /// The outermost frames that are kept of a deeper stack.
    joblib_stack_outer_capacity = 16,
    joblib_image_capacity = 96,
    joblib_image_path_capacity = 200,
};

/// A stack as addresses. The first one is that of an instruction when `starts_at_instruction`, else, as all others, that
/// to which a call returns.
typedef struct {
    uint32_t count;
    /// How many frames lie between `frames` and `outer`.
    uint32_t omitted;
    uint32_t outer_count;
    uint32_t starts_at_instruction;
    uint64_t frames[joblib_stack_capacity];
    uint64_t outer[joblib_stack_outer_capacity];
} joblib_stack;

/// An executable or a library, and the part of it that holds code.
typedef struct {
    uint64_t start;
    uint64_t end;
    /// What to subtract from an address in memory to get the address in the file.
    uint64_t bias;
    uint32_t build_id_length;
    uint8_t build_id[20];
    /// Ends in a zero byte; empty for a name that is too long.
    char path[joblib_image_path_capacity];
    uint32_t is_program;
} joblib_mapped_image;

/// Fills `images` with what is loaded now; the number filled. Takes the linker's lock: not for signal handlers.
size_t joblib_list_images(joblib_mapped_image *images, size_t capacity);

/// How many images have ever been loaded: a change means that the list has to be taken again.
uint64_t joblib_image_generation(void);

/// Learns where the calling thread's stack lies. Once for a thread; may allocate.
void joblib_learn_stack(void);

/// The lowest address of the calling thread's stack, 0 when it has not been learnt.
uintptr_t joblib_stack_low(void);

/// Walks a stack by its frame pointers, from `frame`, and appends to `stack`. Reads nothing outside of the calling
/// thread's stack, allocates nothing: for signal handlers, too.
void joblib_walk_stack(joblib_stack *stack, uintptr_t frame, uintptr_t stack_pointer);

/// Reads memory that may not exist; false when it does not. For signal handlers, too.
bool joblib_read_memory(uintptr_t address, void *bytes, size_t count);

/// Makes ready for recognising the frames of async functions.
void joblib_learn_images(void);

/// Where bytes are found first; -1 for nowhere.
ptrdiff_t joblib_find_bytes(const void *bytes, size_t count, const void *wanted, size_t wanted_count);

// Throwing

/// Has every throw of this process recorded while a task runs. False when this runtime cannot tell of throws.
bool joblib_throw_hook_install(void);

/// A task begins or ends. Where none runs, throws are not recorded; the first to begin forgets what was recorded.
void joblib_throw_hook_begin(void);
void joblib_throw_hook_end(void);

/// The stack from where an error was thrown first; false when it is not known (any more).
/// `box`: the error's existential; `type`: the metadata of the error in it.
bool joblib_throw_hook_find(const void *box, const void *type, joblib_stack *stack);

/// How many throws have been recorded.
uint64_t joblib_throw_hook_count(void);

// Crashing

typedef struct {
    /// 0: nothing; 1: the stack is incomplete; 2: complete.
    uint32_t state;
    int32_t signal;
    int32_t code;
    int32_t thread;
    uint64_t fault_address;
    /// The fault is where the stack of the thread ends.
    uint32_t is_stack_overflow;
    /// The number of the request that this answers.
    uint32_t request;
    joblib_stack stack;
} joblib_stack_record;

/// What a worker leaves in memory that its parent has mapped as well.
typedef struct {
    uint64_t magic;
    int32_t process;
    uint32_t image_count;
    joblib_stack_record crash;
    /// The number of the last request, set by the parent, and that of the last one that was answered whole.
    uint32_t request;
    uint32_t answer;
    joblib_stack_record requested;
    joblib_mapped_image images[joblib_image_capacity];
} joblib_crash_area;

#define JOBLIB_CRASH_MAGIC UINT64_C(0x31686372626c6a01)

/// Has the signals that end a process written down in `area` first, which must stay mapped.
void joblib_crash_install(joblib_crash_area *area);

/// Gives the calling thread a stack to handle a stack overflow on. Does nothing where nothing is installed.
void joblib_crash_prepare_thread(void);

/// The calling thread is the one whose stack a request is about.
void joblib_crash_set_task_thread(void);
void joblib_crash_clear_task_thread(void);

/// Refreshes the list of images where libraries were loaded since.
void joblib_crash_refresh_images(void);

/// The signal that asks a worker for the stack of its task.
int joblib_stack_request_signal(void);

#endif
