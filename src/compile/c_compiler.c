/* SPDX-License-Identifier: Apache-2.0 */
/* fork and exec with as little as a compiler needs; see c_compiler.h. */
#include "compile/c_compiler.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Each library function is called as the interpreter calls it and neither folded nor replaced (pow(x, 2) by x * x): with
 * that, and without fused or reordered operations (whatever CC says), compiled and interpreted numbers are the same to the last digit.
 */
#define PLAIN(name) "-fno-builtin-" name
static const char *const FLAGS[] = {"-std=c17",
                                    "-O1",
                                    "-w",
                                    "-fPIC",
                                    "-shared",
                                    "-ffp-contract=off",
                                    "-fno-fast-math",
                                    PLAIN("pow"),
                                    PLAIN("exp"),
                                    PLAIN("log"),
                                    PLAIN("log10"),
                                    PLAIN("sin"),
                                    PLAIN("cos"),
                                    PLAIN("tan"),
                                    PLAIN("asin"),
                                    PLAIN("acos"),
                                    PLAIN("atan"),
                                    PLAIN("sinh"),
                                    PLAIN("cosh"),
                                    PLAIN("tanh"),
                                    PLAIN("tgamma"),
                                    "-o",
                                    "kernel.so",
                                    "kernel.c",
                                    "-lm"};
enum { N_FLAG = sizeof FLAGS / sizeof FLAGS[0], VERSION_MS = 5000 };

static const rlim_t MAX_CPU_S = 120;
static const rlim_t MAX_FILE = 256UL << 20;

/** dir/name when it is a program that may be run. */
static bool is_program(const char *folder, size_t n_folder, const char *name, char *path_out)
{
    struct stat st;
    const int n = snprintf(path_out, TAC_CC_MAX_TEXT, "%.*s/%s", (int)n_folder, folder, name);
    return n > 0 && n < TAC_CC_MAX_TEXT && stat(path_out, &st) == 0 && S_ISREG(st.st_mode)
           && access(path_out, X_OK) == 0;
}

/** The first one in PATH; what PATH says relative to the working folder does not count. */
static bool search_path(const char *name, char *path_out)
{
    const char *path = getenv("PATH");
    path = path == NULL ? "/usr/local/bin:/usr/bin:/bin" : path;
    while (*path != '\0') {
        const size_t n = strcspn(path, ":");
        if (path[0] == '/' && is_program(path, n, name, path_out)) {
            return true;
        }
        path += n + (path[n] == ':' ? 1 : 0);
    }
    return false;
}

/** A path as it is, from the working folder where it is relative; a name from PATH. */
static bool find_program(const char *word, char *path_out)
{
    char folder[PATH_MAX];
    if (strchr(word, '/') == NULL) {
        return search_path(word, path_out);
    }
    if (word[0] == '/') {
        return is_program("", 0, word + 1, path_out);
    }
    return getcwd(folder, sizeof folder) != NULL
           && is_program(folder, strlen(folder), word, path_out);
}

bool tac_c_compiler_find(tac_c_compiler *cc, char *note)
{
    const char *text = getenv("CC");
    text = text == NULL || text[strspn(text, " ")] == '\0' ? "cc" : text;
    *cc = (tac_c_compiler){.n_word = 0};
    snprintf(cc->text, sizeof cc->text, "%s", text);
    for (char *at = cc->text + strspn(cc->text, " "); *at != '\0'; at += strspn(at, " ")) {
        if (cc->n_word == TAC_CC_MAX_WORDS || strlen(text) >= sizeof cc->text) {
            snprintf(note, TAC_CC_MAX_TEXT, "CC is too long");
            return false;
        }
        cc->words[cc->n_word++] = at;
        at += strcspn(at, " ");
        if (*at != '\0') {
            *at++ = '\0';
        }
    }
    const bool is_found = find_program(cc->words[0], cc->program);
    if (!is_found) {
        snprintf(note, TAC_CC_MAX_TEXT, "there is no C compiler '%.100s'%s", cc->words[0],
                 getenv("CC") == NULL ? "; CC may name one" : "");
    }
    return is_found;
}

/** "NAME=value" where the variable is there. */
static void keep_variable(char **list, size_t *n, char *text, size_t size, const char *name)
{
    const char *value = getenv(name);
    const int n_text = value == NULL ? 0 : snprintf(text, size, "%s=%s", name, value);
    if (n_text > 0 && (size_t)n_text < size) {
        list[(*n)++] = text;
    }
}

/* What a child needs, made before the fork: between fork and exec nothing may be allocated. */
typedef struct child {
    char *argv[TAC_CC_MAX_WORDS + N_FLAG + 1];
    char *envp[5];
    char path[4096];
    char home[TAC_CC_MAX_TEXT];
    char flags[N_FLAG][32];
} child;

static void prepare(child *c, const tac_c_compiler *cc, size_t n_flag, const char *const *flags)
{
    static char language[] = "LC_ALL=C";
    static char folder[] = "TMPDIR=.";
    size_t n = 0;
    keep_variable(c->envp, &n, c->path, sizeof c->path, "PATH");
    keep_variable(c->envp, &n, c->home, sizeof c->home, "HOME");
    c->envp[n++] = language;
    c->envp[n++] = folder;
    c->envp[n] = NULL;
    n = 0;
    for (size_t i = 0; i < cc->n_word; i++) {
        c->argv[n++] = cc->words[i];
    }
    for (size_t i = 0; i < n_flag; i++) {
        snprintf(c->flags[i], sizeof c->flags[i], "%s", flags[i]);
        c->argv[n++] = c->flags[i];
    }
    c->argv[n] = NULL;
}

/** In the child: limits, folder, where it reads and writes. */
static bool settle(int folder, int out)
{
    const struct rlimit cpu = {MAX_CPU_S, MAX_CPU_S};
    const struct rlimit file = {MAX_FILE, MAX_FILE};
    const int nothing = open("/dev/null", O_RDWR);
    (void)setpgid(0, 0);
    (void)umask(077);
    (void)setrlimit(RLIMIT_CPU, &cpu);
    (void)setrlimit(RLIMIT_FSIZE, &file);
    return (folder < 0 || fchdir(folder) == 0) && nothing >= 0 && dup2(nothing, 0) == 0
           && dup2(out, 1) == 1 && dup2(out, 2) == 2;
}

/** The compiler, what it has started, and the watcher: all of the group. */
static void end_group(int signal)
{
    (void)signal;
    (void)kill(0, SIGKILL);
}

/** From now on the group ends when whoever started it does, however that is; false when that is so already. */
static bool watch_parent(pid_t parent)
{
    struct sigaction action = {.sa_handler = end_group};
    sigset_t set;
    (void)sigemptyset(&action.sa_mask);
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGTERM);
    return sigaction(SIGTERM, &action, NULL) == 0 && sigprocmask(SIG_UNBLOCK, &set, NULL) == 0
           && prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 && getppid() == parent;
}

/**
 * In the child: stays as a watcher over the compiler, which is a child of its own. A compiler starts programs that would go
 * on alone after a Ctrl-C, and it would itself, since its group is not that of the terminal. Never returns.
 */
static _Noreturn void become(const tac_c_compiler *cc, child *c, int folder, int out, pid_t parent)
{
    int status = -1;
    if (!settle(folder, out) || !watch_parent(parent)) {
        _exit(127);
    }
    const pid_t pid = fork();
    if (pid == 0) {
        execve(cc->program, c->argv, c->envp);
        _exit(127);
    }
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    _exit(pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 127);
}

static pid_t start(const tac_c_compiler *cc, child *c, int folder, int out)
{
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid == 0) {
        become(cc, c, folder, out, parent);
    }
    if (pid > 0) {
        (void)setpgid(pid, pid); /* here too: the child may not have come to it yet */
    }
    return pid;
}

bool tac_c_compiler_ended(pid_t pid, bool waits, bool *is_fine_out)
{
    int status = -1;
    pid_t got = -1;
    do {
        got = waitpid(pid, &status, waits ? 0 : WNOHANG);
    } while (got < 0 && errno == EINTR);
    *is_fine_out = got == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return got != 0;
}

void tac_c_compiler_kill(pid_t pid)
{
    bool is_fine = false;
    (void)kill(-pid, SIGKILL);
    (void)kill(pid, SIGKILL); /* where it had no group yet */
    (void)tac_c_compiler_ended(pid, true, &is_fine);
}

/** All that it says to --version goes into the hash; false when it says nothing within five seconds. */
static bool add_version(const tac_c_compiler *cc, tac_sha256 *hash)
{
    static const char *const WORDS[] = {"--version"};
    child c;
    int ends[2];
    char text[4096];
    size_t n_all = 0;
    bool is_fine = false;
    prepare(&c, cc, 1, WORDS);
    if (pipe(ends) != 0) {
        return false;
    }
    (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    const pid_t pid = start(cc, &c, -1, ends[1]);
    (void)close(ends[1]);
    struct pollfd one = {.fd = ends[0], .events = POLLIN};
    ssize_t n = 1;
    while (pid > 0 && n > 0 && n_all < 1U << 20 && poll(&one, 1, VERSION_MS) == 1) {
        n = read(ends[0], text, sizeof text);
        tac_sha256_add(hash, text, n > 0 ? (size_t)n : 0);
        n_all += n > 0 ? (size_t)n : 0;
    }
    (void)close(ends[0]);
    if (pid > 0 && n == 0) {
        (void)tac_c_compiler_ended(pid, true, &is_fine);
    } else if (pid > 0) {
        tac_c_compiler_kill(pid);
    }
    return is_fine && n_all > 0;
}

bool tac_c_compiler_identify(const tac_c_compiler *cc, tac_sha256 *hash, char *note)
{
    struct utsname machine;
    struct stat st;
    char file[64];
    tac_sha256_text(hash, cc->program);
    for (size_t i = 0; i < cc->n_word; i++) {
        tac_sha256_text(hash, cc->words[i]);
    }
    for (size_t i = 0; i < N_FLAG; i++) {
        tac_sha256_text(hash, FLAGS[i]);
    }
    if (uname(&machine) == 0) {
        tac_sha256_text(hash, machine.sysname);
        tac_sha256_text(hash, machine.machine);
    }
    if (stat(cc->program, &st) == 0) {
        snprintf(file, sizeof file, "%lld %lld", (long long)st.st_size, (long long)st.st_mtime);
        tac_sha256_text(hash, file);
    }
    if (!add_version(cc, hash)) {
        snprintf(note, TAC_CC_MAX_TEXT, "'%.100s --version' fails: is it a C compiler?",
                 cc->words[0]);
        return false;
    }
    return true;
}

pid_t tac_c_compiler_start(const tac_c_compiler *cc, int folder)
{
    child c;
    const int out =
        openat(folder, "messages.txt", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (out < 0) {
        return -1;
    }
    prepare(&c, cc, N_FLAG, FLAGS);
    const pid_t pid = start(cc, &c, folder, out);
    (void)close(out);
    return pid;
}
