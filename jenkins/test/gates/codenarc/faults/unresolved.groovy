new com.example.Nowhere() // finds: Unreadable
