namespace BlazorAgents.Emulator.Demo.Extract;

/// <summary>What a string parameter is for.</summary>
internal enum StringKind
{
    Free,
    Id,
    Place,
    Query,
    Expression,
    Code,
    Url,
    Email,
    Phone,
    Date,
    Time,
    Zone,
    Person,
    Company,
    Message,
    Subject,
    Language,
}
