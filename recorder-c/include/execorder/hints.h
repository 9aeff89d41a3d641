/* What compilers are told about how often code runs. The interpreter's loop and what it calls at each step share the 32 KiB
 * that a processor keeps of instructions: what runs rarely must not lie in between. */
#ifndef EXECORDER_HINTS_H
#define EXECORDER_HINTS_H

#if defined(__GNUC__)
#define XO_UNLIKELY(condition) __builtin_expect(!!(condition), 0)
#define XO_RARE __attribute__((cold, noinline)) /* a function */
#define XO_APART __attribute__((noinline))      /* likewise, that is to be quick nevertheless */
#else
#define XO_UNLIKELY(condition) (condition)
#define XO_RARE
#define XO_APART
#endif

#endif
