using System.Collections.Frozen;

namespace BlazorAgents.Runs;

/// <summary>Every action that is told to the audit, as noun.verb, and its words for people.</summary>
public static class AuditActions
{
    /// <summary>The first administrator was made.</summary>
    public const string SetupCompleted = "setup.completed";

    /// <summary>Someone signed in.</summary>
    public const string SignInSucceeded = "sign-in.succeeded";

    /// <summary>A password was wrong, or right for an account that is disabled.</summary>
    public const string SignInFailed = "sign-in.failed";

    /// <summary>An account was locked after too many wrong passwords.</summary>
    public const string SignInLocked = "sign-in.locked";

    /// <summary>Someone signed out.</summary>
    public const string SignInEnded = "sign-in.ended";

    /// <summary>Someone changed their own password.</summary>
    public const string PasswordChanged = "password.changed";

    /// <summary>An administrator set someone's password.</summary>
    public const string PasswordReset = "password.reset";

    /// <summary>An account was added.</summary>
    public const string PersonAdded = "person.added";

    /// <summary>An account got another role.</summary>
    public const string PersonRoleChanged = "person.role-changed";

    /// <summary>An account was disabled.</summary>
    public const string PersonDisabled = "person.disabled";

    /// <summary>An account was enabled.</summary>
    public const string PersonEnabled = "person.enabled";

    /// <summary>A provider was added.</summary>
    public const string ProviderAdded = "provider.added";

    /// <summary>A provider's settings were changed, but not its key.</summary>
    public const string ProviderChanged = "provider.changed";

    /// <summary>A provider's key was changed or removed, perhaps with other settings.</summary>
    public const string ProviderKeyChanged = "provider.key-changed";

    /// <summary>A provider was enabled.</summary>
    public const string ProviderEnabled = "provider.enabled";

    /// <summary>A provider was disabled.</summary>
    public const string ProviderDisabled = "provider.disabled";

    /// <summary>A test of a provider began.</summary>
    public const string ProviderTested = "provider.tested";

    /// <summary>A provider was deleted.</summary>
    public const string ProviderDeleted = "provider.deleted";

    /// <summary>A conversation was deleted by its owner.</summary>
    public const string ConversationDeleted = "conversation.deleted";

    /// <summary>A deleted conversation was restored by its owner.</summary>
    public const string ConversationRestored = "conversation.restored";

    /// <summary>A tool of an agent asks people at other times.</summary>
    public const string ToolChanged = "tool.changed";

    /// <summary>A tool of an agent was switched on.</summary>
    public const string ToolEnabled = "tool.enabled";

    /// <summary>A tool of an agent was switched off.</summary>
    public const string ToolDisabled = "tool.disabled";

    /// <summary>Requests were exported.</summary>
    public const string ApprovalsExported = "approvals.exported";

    /// <summary>The audit was exported.</summary>
    public const string AuditExported = "audit.exported";

    /// <summary>The chain was checked.</summary>
    public const string AuditVerified = "audit.verified";

    /// <summary>The words of every action that is known here, in the order in which they are offered.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } =
    [
        new(SignInSucceeded, "Signed in"),
        new(SignInFailed, "Sign-in failed"),
        new(SignInLocked, "Account locked"),
        new(SignInEnded, "Signed out"),
        new(PasswordChanged, "Password changed"),
        new(PasswordReset, "Password reset"),
        new(SetupCompleted, "Set up"),
        new(PersonAdded, "Person added"),
        new(PersonRoleChanged, "Role changed"),
        new(PersonDisabled, "Person disabled"),
        new(PersonEnabled, "Person enabled"),
        new(ProviderAdded, "Provider added"),
        new(ProviderChanged, "Provider changed"),
        new(ProviderKeyChanged, "Provider key changed"),
        new(ProviderEnabled, "Provider enabled"),
        new(ProviderDisabled, "Provider disabled"),
        new(ProviderTested, "Provider tested"),
        new(ProviderDeleted, "Provider deleted"),
        new("approval.requested", "Approval requested"),
        new("approval.approved", "Approved"),
        new("approval.rejected", "Rejected"),
        new("approval.assigned", "Request taken on"),
        new("approval.unassigned", "Request given back"),
        new("approval.consumed", "Approval used"),
        new("approval.executed", "Approved call done"),
        new("approval.failed", "Approved call failed"),
        new("approval.unknown", "Approved call cut off"),
        new("approval.expired", "Request expired"),
        new("approval.cancelled", "Request withdrawn"),
        new("approval.superseded", "Request void"),
        new("rule.created", "Rule made"),
        new("rule.changed", "Rule changed"),
        new("rule.moved", "Rule moved"),
        new("rule.enabled", "Rule switched on"),
        new("rule.disabled", "Rule switched off"),
        new("rule.deleted", "Rule deleted"),
        new(ToolChanged, "Tool settings changed"),
        new(ToolEnabled, "Tool switched on"),
        new(ToolDisabled, "Tool switched off"),
        new(ConversationDeleted, "Conversation deleted"),
        new(ConversationRestored, "Conversation restored"),
        new(ApprovalsExported, "Approvals exported"),
        new(AuditExported, "Audit exported"),
        new(AuditVerified, "Audit checked"),
    ];

    private static readonly FrozenDictionary<string, string> s_words = All.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The action in words; one that is not known reads as it is stored.</summary>
    public static string WordsOf(string action) => s_words.GetValueOrDefault(action, action);
}
