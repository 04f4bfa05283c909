#ifndef CJOBLIB_COMPRESSION_H
#define CJOBLIB_COMPRESSION_H

#include <stddef.h>
#include <stdint.h>

// The structures of the compression libraries' stable interfaces, so that building needs none of their headers.
// The libraries themselves are loaded when they are first used.

/// zlib's z_stream (zlib.h, unchanged since 1.0).
typedef struct {
    const uint8_t *next_in;
    unsigned avail_in;
    unsigned long total_in;
    uint8_t *next_out;
    unsigned avail_out;
    unsigned long total_out;
    const char *msg;
    void *state;
    void *zalloc;
    void *zfree;
    void *opaque;
    int data_type;
    unsigned long adler;
    unsigned long reserved;
} joblib_z_stream;

/// bzip2's bz_stream (bzlib.h, unchanged since 1.0).
typedef struct {
    const char *next_in;
    unsigned avail_in;
    unsigned total_in_lo32;
    unsigned total_in_hi32;
    char *next_out;
    unsigned avail_out;
    unsigned total_out_lo32;
    unsigned total_out_hi32;
    void *state;
    void *bzalloc;
    void *bzfree;
    void *opaque;
} joblib_bz_stream;

/// liblzma's lzma_stream (lzma/base.h, the binary interface of version 5).
typedef struct {
    const uint8_t *next_in;
    size_t avail_in;
    uint64_t total_in;
    uint8_t *next_out;
    size_t avail_out;
    uint64_t total_out;
    const void *allocator;
    void *internal;
    void *reserved_pointers[4];
    uint64_t seek_position;
    uint64_t reserved_number;
    size_t reserved_sizes[2];
    int reserved_enums[2];
} joblib_lzma_stream;

/// Room for an lzma_options_lzma (lzma/lzma12.h), which is filled by lzma_lzma_preset and not looked at here.
typedef struct {
    uint64_t words[64];
} joblib_lzma_options;

/// lz4's LZ4F_preferences_t (lz4frame.h, since 1.8).
typedef struct {
    int block_size;
    int block_mode;
    int content_checksum;
    int frame_type;
    unsigned long long content_size;
    unsigned dictionary;
    int block_checksum;
    int level;
    unsigned auto_flush;
    unsigned favor_decompression;
    unsigned reserved[3];
} joblib_lz4_preferences;

/// zstd's ZSTD_inBuffer (zstd.h).
typedef struct {
    const void *src;
    size_t size;
    size_t pos;
} joblib_zstd_input;

/// zstd's ZSTD_outBuffer (zstd.h).
typedef struct {
    void *dst;
    size_t size;
    size_t pos;
} joblib_zstd_output;

#endif
