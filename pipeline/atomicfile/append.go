package atomicfile

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// Append adds data at the end of a file that exists and waits for the disk. A
// failed append leaves the file as long as it was, unless the machine stops in
// the middle: then any beginning of data may be there, which the reader of such a
// file has to recognise.
func Append(path string, data []byte) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("append to %s: %w", path, reason(err))
	}
	defer func() {
		if closed := file.Close(); closed != nil && err == nil {
			err = fmt.Errorf("append to %s: %w", path, reason(closed))
		}
	}()
	end, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return fmt.Errorf("append to %s: %w", path, reason(err))
	}
	next(Step{Deed: AppendData, Path: path, Data: data})
	if _, err = file.Write(data); err == nil {
		next(Step{Deed: SyncFile, Path: path})
		err = file.Sync()
	}
	if err != nil {
		// Best effort: on a full disk cutting back works, on a dying one nothing does.
		back := errors.Join(file.Truncate(end), file.Sync())
		return fmt.Errorf("append to %s: %w", path, errors.Join(reason(err), back))
	}
	return nil
}

// CutBack makes a file shorter, to size bytes, and waits for the disk.
func CutBack(path string, size int64) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("cut back %s: %w", path, reason(err))
	}
	next(Step{Deed: Shorten, Path: path, Size: size})
	err = file.Truncate(size)
	next(Step{Deed: SyncFile, Path: path})
	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		return fmt.Errorf("cut back %s: %w", path, reason(err))
	}
	return nil
}
