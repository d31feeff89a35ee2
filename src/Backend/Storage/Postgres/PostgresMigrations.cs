using ScimOperator.Backend.Storage.Migrations;

namespace ScimOperator.Backend.Storage.Postgres;

/// <summary>The schema's steps for PostgreSQL.</summary>
internal static class PostgresMigrations
{
    // Text is compared byte by byte ("C"), as SQLite does: prefixes are ranges of the index, whatever the database's locale.
    private const string Initial = """
        CREATE TABLE write_lock ();
        CREATE TABLE account (
            id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            name TEXT COLLATE "C" NOT NULL,
            plan TEXT COLLATE "C" NOT NULL,
            max_tokens BIGINT,
            created_at BIGINT NOT NULL
        );
        CREATE TABLE users (
            seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            id TEXT COLLATE "C" NOT NULL UNIQUE,
            email TEXT COLLATE "C" NOT NULL,
            email_key TEXT COLLATE "C" NOT NULL UNIQUE,
            display_name TEXT COLLATE "C",
            user_type TEXT COLLATE "C" NOT NULL CHECK (user_type IN ('Admin', 'Member', 'Viewer', 'Guest')),
            active BIGINT NOT NULL CHECK (active IN (0, 1)),
            external_id TEXT COLLATE "C",
            attributes TEXT COLLATE "C",
            version BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL
        );
        CREATE INDEX users_external_id ON users (external_id) WHERE external_id IS NOT NULL;
        CREATE INDEX users_active_admins ON users (active) WHERE user_type = 'Admin';
        CREATE TABLE scim_tokens (
            seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            id TEXT COLLATE "C" NOT NULL UNIQUE,
            hash BYTEA NOT NULL UNIQUE,
            owner_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
            description TEXT COLLATE "C" NOT NULL,
            reference TEXT COLLATE "C",
            last_four TEXT COLLATE "C" NOT NULL,
            created_at BIGINT NOT NULL,
            expires_at BIGINT,
            last_used_at BIGINT
        );
        CREATE INDEX scim_tokens_owner ON scim_tokens (owner_id, seq);
        CREATE INDEX scim_tokens_reference ON scim_tokens (reference, seq) WHERE reference IS NOT NULL;
        CREATE TABLE audit_events (
            seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            at BIGINT NOT NULL,
            actor TEXT COLLATE "C" NOT NULL,
            action TEXT COLLATE "C" NOT NULL,
            target_type TEXT COLLATE "C" NOT NULL,
            target_id TEXT COLLATE "C" NOT NULL,
            before TEXT COLLATE "C",
            after TEXT COLLATE "C"
        );
        CREATE INDEX audit_events_actor ON audit_events (actor, seq);
        CREATE INDEX audit_events_action ON audit_events (action, seq);
        """;

    // A member is a user or a group, so no foreign key can say that it exists: the code that deletes either takes it out.
    private const string Groups = """
        CREATE TABLE scim_groups (
            seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            id TEXT COLLATE "C" NOT NULL UNIQUE,
            display_name TEXT COLLATE "C" NOT NULL,
            display_name_key TEXT COLLATE "C" NOT NULL UNIQUE,
            external_id TEXT COLLATE "C",
            version BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL
        );
        CREATE INDEX scim_groups_external_id ON scim_groups (external_id) WHERE external_id IS NOT NULL;
        CREATE TABLE scim_group_members (
            seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            group_id TEXT COLLATE "C" NOT NULL REFERENCES scim_groups (id),
            member_id TEXT COLLATE "C" NOT NULL,
            is_group BIGINT NOT NULL CHECK (is_group IN (0, 1)),
            UNIQUE (group_id, member_id)
        );
        CREATE INDEX scim_group_members_member ON scim_group_members (member_id);
        """;

    public static IReadOnlyList<Migration> All { get; } =
    [
        new(1, "initial", Initial),
        new(2, "groups", Groups),
        new(3, "emails", EmailsMigration.Tables("BIGINT", """TEXT COLLATE "C" """), EmailsMigration.Fill),
        new(4, "filters", FilterIndexes.Sql),
    ];
}
