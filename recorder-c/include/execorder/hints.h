/* What compilers are told about how often code runs. The interpreter's loop and what it calls at each step share the 32 KiB
 * that a processor keeps of instructions: what runs rarely must not lie in between. */
#ifndef EXECORDER_HINTS_H
#define EXECORDER_HINTS_H

#if defined(__GNUC__)
#define XO_LIKELY(condition) __builtin_expect(!!(condition), 1)
#define XO_UNLIKELY(condition) __builtin_expect(!!(condition), 0)
#define XO_PREFETCH(address) __builtin_prefetch(address)
#define XO_RARE __attribute__((cold, noinline)) /* a function */
#define XO_APART __attribute__((noinline))      /* likewise, that is to be quick nevertheless */
#define XO_CONTAINED inline                     /* one that whole-program optimisation puts into its callers in other files */
#else
#define XO_LIKELY(condition) (condition)
#define XO_UNLIKELY(condition) (condition)
#define XO_PREFETCH(address) ((void)(address))
#define XO_RARE
#define XO_APART
#define XO_CONTAINED
#endif

#endif
