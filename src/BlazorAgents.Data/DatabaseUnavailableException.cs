namespace BlazorAgents.Data;

/// <summary>The database cannot be used; the message tells an administrator why and what to do. Nothing was changed.</summary>
public sealed class DatabaseUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
