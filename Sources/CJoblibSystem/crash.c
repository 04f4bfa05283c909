#define _GNU_SOURCE
#if defined(__APPLE__)
#define _XOPEN_SOURCE 700
#define _DARWIN_C_SOURCE
#endif

#include "CJoblibAtomics.h"
#include "CJoblibBacktrace.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ucontext.h>
#include <unistd.h>
#include <unwind.h>

#if defined(__linux__)
#include <sys/syscall.h>
#endif

// Everything that a handler reads is made ready before: a handler may not allocate or take locks.
#define THREAD_LOCAL static _Thread_local __attribute__((tls_model("initial-exec")))

enum { handler_stack_size = 64 << 10 };

static joblib_crash_area *area;
static uint64_t generation;
static pthread_key_t handler_stack_key;
static _Atomic int32_t task_thread;
static _Atomic int32_t crashing_thread;

THREAD_LOCAL int32_t thread_number;
THREAD_LOCAL bool has_handler_stack;
THREAD_LOCAL uintptr_t known_low;
/// Where to go on when reading a damaged stack faults.
THREAD_LOCAL sigjmp_buf *way_out;

static const int signals[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS};
enum { signal_count = sizeof signals / sizeof signals[0] };
static struct sigaction previous[signal_count];

static int32_t this_thread(void) {
    if (thread_number == 0) {
#if defined(__linux__)
        thread_number = (int32_t)syscall(SYS_gettid);
#else
        thread_number = (int32_t)(uintptr_t)pthread_self();
#endif
    }
    return thread_number;
}

typedef struct {
    uintptr_t instruction;
    uintptr_t frame;
    uintptr_t stack;
} registers;

static bool read_registers(const void *context, registers *found) {
    const ucontext_t *state = context;
#if defined(__linux__) && defined(__x86_64__)
    found->instruction = (uintptr_t)state->uc_mcontext.gregs[REG_RIP];
    found->frame = (uintptr_t)state->uc_mcontext.gregs[REG_RBP];
    found->stack = (uintptr_t)state->uc_mcontext.gregs[REG_RSP];
    return true;
#elif defined(__linux__) && defined(__aarch64__)
    found->instruction = (uintptr_t)state->uc_mcontext.pc;
    found->frame = (uintptr_t)state->uc_mcontext.regs[29];
    found->stack = (uintptr_t)state->uc_mcontext.sp;
    return true;
#elif defined(__APPLE__) && defined(__x86_64__)
    found->instruction = (uintptr_t)state->uc_mcontext->__ss.__rip;
    found->frame = (uintptr_t)state->uc_mcontext->__ss.__rbp;
    found->stack = (uintptr_t)state->uc_mcontext->__ss.__rsp;
    return true;
#elif defined(__APPLE__) && defined(__aarch64__)
    found->instruction = (uintptr_t)__darwin_arm_thread_state64_get_pc(state->uc_mcontext->__ss);
    found->frame = (uintptr_t)__darwin_arm_thread_state64_get_fp(state->uc_mcontext->__ss);
    found->stack = (uintptr_t)__darwin_arm_thread_state64_get_sp(state->uc_mcontext->__ss);
    return true;
#else
    (void)state;
    (void)found;
    return false;
#endif
}

typedef struct {
    uintptr_t instruction;
    bool is_inside;
    uint32_t count;
    uint64_t frames[joblib_stack_capacity];
} unwinding;

static _Unwind_Reason_Code visit(struct _Unwind_Context *context, void *data) {
    unwinding *found = data;
    uintptr_t address = _Unwind_GetIP(context);
    if (address < 4096) {
        // Behind the first function of a thread.
        return _URC_NORMAL_STOP;
    }
    // Before it come the handler's own frames.
    found->is_inside = found->is_inside || address == found->instruction;
    if (found->is_inside) {
        found->frames[found->count++] = address;
    }
    return found->count < joblib_stack_capacity ? _URC_NO_REASON : _URC_NORMAL_STOP;
}

/// Adds what the frame pointers do not tell: the callers of functions that keep none, as those of C libraries.
static void complete(joblib_stack *stack, const unwinding *found) {
    if (found->count < 2) {
        return;
    }
    uint32_t place = 1;
    while (stack->count > 1 && place < found->count && found->frames[place] != stack->frames[1]) {
        place++;
    }
    if (stack->count < 2 || place == found->count) {
        // Nothing in common: the longer one.
        if (found->count > stack->count) {
            memcpy(stack->frames, found->frames, found->count * sizeof found->frames[0]);
            stack->count = found->count;
            stack->omitted = stack->outer_count = 0;
        }
        return;
    }
    uint32_t missing = place - 1;
    uint32_t kept = stack->count - 1;
    if (kept > joblib_stack_capacity - 1 - missing) {
        stack->omitted += kept - (joblib_stack_capacity - 1 - missing);
        kept = joblib_stack_capacity - 1 - missing;
    }
    memmove(&stack->frames[1 + missing], &stack->frames[1], kept * sizeof stack->frames[0]);
    memcpy(&stack->frames[1], &found->frames[1], missing * sizeof stack->frames[0]);
    stack->count = 1 + missing + kept;
}

/// Writes the stack of the calling thread. `state` becomes 1 with the first frame and 2 at the end.
static void write_stack(joblib_stack_record *record, const void *context) {
    joblib_stack *stack = &record->stack;
    stack->count = stack->omitted = stack->outer_count = 0;
    registers start;
    if (!read_registers(context, &start)) {
        joblib_store_flag(&record->state, 2);
        return;
    }
    stack->starts_at_instruction = 1;
    stack->frames[0] = start.instruction;
    stack->count = 1;
    joblib_store_flag(&record->state, 1);
    sigjmp_buf out;
    if (sigsetjmp(out, 0) == 0) {
        way_out = &out;
        if (start.instruction < 4096) {
            // A call of no function: where it came from is what the call has pushed.
            uintptr_t caller = 0;
            if (joblib_read_memory(start.stack, &caller, sizeof caller) && caller >= 4096) {
                stack->frames[stack->count++] = caller;
            }
        }
        joblib_walk_stack(stack, start.frame, start.stack);
        joblib_store_flag(&record->state, 1);
        unwinding found = {start.instruction, false, 0, {0}};
        _Unwind_Backtrace(visit, &found);
        complete(stack, &found);
    }
    way_out = NULL;
    joblib_store_flag(&record->state, 2);
}

static const struct sigaction *previous_action(int signal) {
    for (int i = 0; i < signal_count; i++) {
        if (signals[i] == signal) {
            return &previous[i];
        }
    }
    return NULL;
}

static void handle_crash(int number, siginfo_t *info, void *context) {
    int saved = errno;
    if (way_out != NULL) {
        sigjmp_buf *out = way_out;
        way_out = NULL;
        siglongjmp(*out, 1);
    }
    int32_t nobody = 0;
    int32_t self = this_thread();
    if (atomic_compare_exchange_strong(&crashing_thread, &nobody, self)) {
        // Should the unwinder wait for a lock that this thread holds, the process ends all the same.
        signal(SIGALRM, SIG_DFL);
        alarm(2);
        joblib_stack_record *record = &area->crash;
        record->signal = number;
        record->code = info->si_code;
        record->thread = self;
        bool has_address = number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE;
        record->fault_address = has_address && info->si_code > 0 ? (uint64_t)(uintptr_t)info->si_addr : 0;
        registers start = {0, 0, 0};
        read_registers(context, &start);
        const uint64_t span = 1 << 20;
        record->is_stack_overflow = number == SIGSEGV && info->si_code > 0 && known_low > span
            && record->fault_address >= known_low - span && record->fault_address < known_low + (64 << 10)
            && start.stack < record->fault_address + span && record->fault_address < start.stack + span;
        write_stack(record, context);
    } else if (nobody != self) {
        // Another thread is being written down; the process ends with it.
        for (;;) {
            pause();
        }
    }
    const struct sigaction *action = previous_action(number);
    if (action != NULL) {
        sigaction(number, action, NULL);
    }
    errno = saved;
    // A fault happens again at the same instruction, now with what it did before. Anything else has to be sent again.
    bool is_fault = info->si_code > 0 && number != SIGTRAP && number != SIGABRT && number != SIGSYS;
#if defined(__APPLE__)
    // Darwin gives signals that somebody has sent the code of a fault, too.
    is_fault = false;
#endif
    if (!is_fault) {
        raise(number);
    }
}

int joblib_stack_request_signal(void) {
#if defined(SIGRTMAX)
    return SIGRTMAX - 5;
#else
    return SIGUSR2;
#endif
}

static void answer(void) {
    joblib_store_flag(&area->answer, joblib_load_flag(&area->request));
    joblib_wake(&area->answer);
}

static void handle_request(int number, siginfo_t *info, void *context) {
    (void)info;
    int saved = errno;
    int32_t wanted = atomic_load(&task_thread);
    if (wanted == this_thread()) {
        joblib_stack_record *record = &area->requested;
        joblib_store_flag(&record->state, 0);
        record->request = joblib_load_flag(&area->request);
        record->signal = 0;
        record->thread = wanted;
        write_stack(record, context);
        answer();
    } else {
#if defined(__linux__)
        if (wanted == 0 || syscall(SYS_tgkill, getpid(), wanted, number) != 0) {
            answer();
        }
#else
        (void)number;
        answer();
#endif
    }
    errno = saved;
}

static void release_handler_stack(void *memory) {
    stack_t none;
    memset(&none, 0, sizeof none);
    none.ss_flags = SS_DISABLE;
    sigaltstack(&none, NULL);
    munmap(memory, handler_stack_size);
}

void joblib_crash_prepare_thread(void) {
    if (area == NULL || has_handler_stack) {
        return;
    }
    has_handler_stack = true;
    joblib_learn_stack();
    known_low = joblib_stack_low();
    this_thread();
    stack_t present;
    if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE) == 0) {
        return;
    }
    void *memory = mmap(NULL, handler_stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return;
    }
    stack_t stack;
    memset(&stack, 0, sizeof stack);
    stack.ss_sp = memory;
    stack.ss_size = handler_stack_size;
    if (sigaltstack(&stack, NULL) != 0) {
        munmap(memory, handler_stack_size);
        return;
    }
    // Given back when the thread ends.
    pthread_setspecific(handler_stack_key, memory);
}

void joblib_crash_refresh_images(void) {
    uint64_t now = joblib_image_generation();
    if (area == NULL || now == generation) {
        return;
    }
    generation = now;
    area->image_count = (uint32_t)joblib_list_images(area->images, joblib_image_capacity);
}

void joblib_crash_install(joblib_crash_area *memory) {
    if (area != NULL || pthread_key_create(&handler_stack_key, release_handler_stack) != 0) {
        return;
    }
    area = memory;
    area->process = getpid();
    joblib_learn_images();
    joblib_crash_refresh_images();
    joblib_crash_prepare_thread();
    // Loads the unwinder and lets it allocate what it needs, now rather than in a handler.
    unwinding found = {1, false, 0, {0}};
    _Unwind_Backtrace(visit, &found);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    // Not deferred: a fault while the handler reads the stack comes back to it.
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    action.sa_sigaction = handle_crash;
    for (int i = 0; i < signal_count; i++) {
        sigaction(signals[i], &action, &previous[i]);
    }
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    action.sa_sigaction = handle_request;
    sigaction(joblib_stack_request_signal(), &action, NULL);
    joblib_store_release(&area->magic, JOBLIB_CRASH_MAGIC);
}

void joblib_crash_set_task_thread(void) {
    atomic_store(&task_thread, this_thread());
}

void joblib_crash_clear_task_thread(void) {
    atomic_store(&task_thread, 0);
}
