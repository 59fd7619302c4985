package multistatus

import "errors"

var ErrCharset = errors.New("charset not supported")
