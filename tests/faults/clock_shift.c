/* Moves the wall clock of one program, and nothing else: CLOCK_REALTIME reads
 *     true time + offset_ns + slope_ppb * (monotonic time - since_ns) / 1e9.
 * Loaded with LD_PRELOAD; the three numbers are in the file named by CLOCK_SHIFT_FILE and may
 * change at any moment. CLOCK_MONOTONIC, timers and the kernel's own waits are left alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S 1000000000LL

struct shift {
    int64_t offset_ns;
    int64_t slope_ppb;
    int64_t since_ns;
};

static int (*true_clock_gettime)(clockid_t, struct timespec *);
static const struct shift *shift;

__attribute__((constructor)) static void open_shift(void)
{
    if (true_clock_gettime)
        return;
    true_clock_gettime = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    const char *path = getenv("CLOCK_SHIFT_FILE");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
        abort(); /* an unmoved clock would prove nothing */
    void *mapped = mmap(NULL, sizeof *shift, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (mapped == MAP_FAILED)
        abort();
    shift = mapped;
}

static int64_t read_ns(clockid_t clock)
{
    struct timespec at;
    true_clock_gettime(clock, &at);
    return at.tv_sec * NS_PER_S + at.tv_nsec;
}

static int64_t read_moved_wall_ns(void)
{
    open_shift(); /* somebody else's constructor may ask before ours has run */
    int64_t past_ns = read_ns(CLOCK_MONOTONIC) - shift->since_ns;
    int64_t drift_ns = shift->slope_ppb * (past_ns / 1000) / 1000000;
    return read_ns(CLOCK_REALTIME) + shift->offset_ns + drift_ns;
}

int clock_gettime(clockid_t clock, struct timespec *at)
{
    open_shift();
    if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)
        return true_clock_gettime(clock, at);
    int64_t wall_ns = read_moved_wall_ns();
    at->tv_sec = wall_ns / NS_PER_S;
    at->tv_nsec = wall_ns % NS_PER_S;
    return 0;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone)
{
    (void)zone; /* obsolete, and nobody here asks for it */
    int64_t wall_ns = read_moved_wall_ns();
    at->tv_sec = wall_ns / NS_PER_S;
    at->tv_usec = wall_ns % NS_PER_S / 1000;
    return 0;
}

time_t time(time_t *at)
{
    time_t wall_s = read_moved_wall_ns() / NS_PER_S;
    if (at)
        *at = wall_s;
    return wall_s;
}
