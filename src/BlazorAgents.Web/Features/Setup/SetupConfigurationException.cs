namespace BlazorAgents.Web.Features.Setup;

/// <summary>The configured first administrator is not valid; the message names the key and never holds its value.</summary>
public sealed class SetupConfigurationException(string message) : Exception(message);
