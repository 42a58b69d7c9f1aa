// Memory for libxml2 that is given back all at once.
//
// A page as a tree is ten thousand small pieces, and every selector makes some more. Taken from and
// given back to malloc one by one they cost a quarter of the time a page takes. While a thread holds
// its arena, what libxml2 asks for comes from there; when the last holder lets go, all of it is free
// at once, and nothing has to walk the tree for it.
#ifndef HUIYIN_ARENA_H
#define HUIYIN_ARENA_H

// Gives libxml2 this memory and initialises it. Before any other call of libxml2, by each who makes
// one; once is enough.
void huiyin_arena_install(void);

// This thread's arena is used from here on, until as many `huiyin_arena_release` have come.
// Between the two everything that libxml2 makes on this thread dies with the last release, and need
// not be freed before.
void huiyin_arena_hold(void);
void huiyin_arena_release(void);

// What libxml2 makes on this thread between the two outlives the arena: compiled selectors.
void huiyin_arena_suspend(void);
void huiyin_arena_resume(void);

// Bytes that this thread's arena has from the system.
unsigned long huiyin_arena_footprint(void);

#endif
