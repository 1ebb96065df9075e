namespace BlazorAgents.Web.Security;

/// <summary>Something that needs a person was asked for by nobody: never signed in, or signed out meanwhile.</summary>
public sealed class NotSignedInException() : Exception("Nobody is signed in.");
