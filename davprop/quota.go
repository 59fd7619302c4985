package davprop

import "github.com/go-multistatus/multistatus"

// What ownCloud, Nextcloud and those that follow them send as a quota that is no number of bytes.
// RFC 4331 has no negative ones: a server that has nothing to say leaves the property out.
const (
	QuotaNotComputed int64 = -1 // not known yet, as the storage was not scanned
	QuotaUnknown     int64 = -2 // the storage does not tell
	QuotaUnlimited   int64 = -3 // there is no limit
)

// NewQuota returns the Key of a property that is a number of bytes, or one of the constants that stand for none.
func NewQuota(name multistatus.Name) Key[int64] { return Key[int64]{name, &quotas} }

func showQuota(n int64) string {
	switch n {
	case QuotaNotComputed:
		return "not computed"
	case QuotaUnknown:
		return "unknown"
	case QuotaUnlimited:
		return "unlimited"
	}
	return ShowSize(n)
}
