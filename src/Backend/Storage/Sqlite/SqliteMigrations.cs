using ScimOperator.Backend.Storage.Migrations;

namespace ScimOperator.Backend.Storage.Sqlite;

/// <summary>The schema's steps for SQLite.</summary>
internal static class SqliteMigrations
{
    // AUTOINCREMENT: a sequence number is never used twice, so a cursor never skips a row or shows one again.
    private const string Initial = """
        CREATE TABLE account (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            plan TEXT NOT NULL,
            max_tokens INTEGER,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE users (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            email TEXT NOT NULL,
            email_key TEXT NOT NULL UNIQUE,
            display_name TEXT,
            user_type TEXT NOT NULL CHECK (user_type IN ('Admin', 'Member', 'Viewer', 'Guest')),
            active INTEGER NOT NULL CHECK (active IN (0, 1)),
            external_id TEXT,
            attributes TEXT,
            version INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX users_external_id ON users (external_id) WHERE external_id IS NOT NULL;
        CREATE INDEX users_active_admins ON users (active) WHERE user_type = 'Admin';
        CREATE TABLE scim_tokens (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            hash BLOB NOT NULL UNIQUE,
            owner_id TEXT NOT NULL REFERENCES users (id),
            description TEXT NOT NULL,
            reference TEXT,
            last_four TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER,
            last_used_at INTEGER
        ) STRICT;
        CREATE INDEX scim_tokens_owner ON scim_tokens (owner_id, seq);
        CREATE INDEX scim_tokens_reference ON scim_tokens (reference, seq) WHERE reference IS NOT NULL;
        CREATE TABLE audit_events (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            target_type TEXT NOT NULL,
            target_id TEXT NOT NULL,
            before TEXT,
            after TEXT
        ) STRICT;
        CREATE INDEX audit_events_actor ON audit_events (actor, seq);
        CREATE INDEX audit_events_action ON audit_events (action, seq);
        """;

    // A member is a user or a group, so no foreign key can say that it exists: the code that deletes either takes it out.
    private const string Groups = """
        CREATE TABLE scim_groups (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            display_name TEXT NOT NULL,
            display_name_key TEXT NOT NULL UNIQUE,
            external_id TEXT,
            version INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX scim_groups_external_id ON scim_groups (external_id) WHERE external_id IS NOT NULL;
        CREATE TABLE scim_group_members (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            group_id TEXT NOT NULL REFERENCES scim_groups (id),
            member_id TEXT NOT NULL,
            is_group INTEGER NOT NULL CHECK (is_group IN (0, 1)),
            UNIQUE (group_id, member_id)
        ) STRICT;
        CREATE INDEX scim_group_members_member ON scim_group_members (member_id);
        """;

    public static IReadOnlyList<Migration> All { get; } =
    [
        new(1, "initial", Initial),
        new(2, "groups", Groups),
        new(3, "emails", EmailsMigration.Tables("INTEGER", "TEXT", " STRICT"), EmailsMigration.Fill),
        new(4, "filters", FilterIndexes.Sql),
    ];
}
