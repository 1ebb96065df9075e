using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlazorAgents.Data.Configurations;

internal sealed class ApprovalConfiguration : IEntityTypeConfiguration<Approval>
{
    public void Configure(EntityTypeBuilder<Approval> builder)
    {
        builder.Property(a => a.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.Risk).HasMaxLength(20);
        builder.Property(a => a.Decider).HasConversion<string>().HasMaxLength(30);
        builder.Property(a => a.CallId).HasMaxLength(200);
        builder.Property(a => a.AgentId).HasMaxLength(64);
        builder.Property(a => a.AgentVersion).HasMaxLength(12);
        builder.Property(a => a.ToolName).HasMaxLength(128);
        builder.Property(a => a.Digest).HasMaxLength(64);
        builder.HasIndex(a => new { a.State, a.CreatedAt });
        builder.HasIndex(a => new { a.State, a.ExpiresAt });
        builder.HasIndex(a => a.RunId);
        builder.HasIndex(a => new { a.RequesterId, a.CreatedAt });
        builder.HasIndex(a => new { a.ToolName, a.Target, a.CreatedAt });

        // One open request for one call, whoever asks.
        builder.HasIndex(a => new { a.RunId, a.CallId }, "IX_Approvals_OneOpen").IsUnique().HasFilter("\"State\" IN ('Pending', 'Approved')");
    }
}
