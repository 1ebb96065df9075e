namespace BlazorAgents.Data;

/// <summary>Where an agent's memory of a conversation lives. What people see is always kept in the database.</summary>
public enum ConversationMemory
{
    /// <summary>In the database: the shown path is sent with each message.</summary>
    Database,

    /// <summary>At the provider: only what is new is sent.</summary>
    Provider,

    /// <summary>In this server's memory: what was said before its last start is forgotten.</summary>
    Process,

    /// <summary>Nowhere: each message is answered by itself.</summary>
    None,
}
