def broken( { // finds: Unreadable
